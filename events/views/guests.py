"""The directory of guests and institutions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from events import actions
from events.actions import ChangedMeanwhile
from events.actions.guests import GUEST_FIELDS, INSTITUTION_FIELDS
from events.forms.guests import GuestForm, InstitutionForm
from events.models import Guest, Institution
from events.views.meanwhile import on_top_of

PAGE_SIZE = 50


@requires(Permission.MANAGE_MEETINGS)
def guests(request: HttpRequest) -> HttpResponse:
    """Who is invited again and again; a search is a POST, since it holds names."""
    text = request.POST.get("q", "")[:120]
    found = Guest.objects.visible_to(request.user).search(text).for_list()
    page = Paginator(found.order_by("institution__name_ar", "pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(request, "events/guests.html", {"page": page, "text": text, "count": page.paginator.count})


@requires(Permission.MANAGE_MEETINGS)
def guest_new(request: HttpRequest) -> HttpResponse:
    """Enter somebody in the directory."""
    return _guest_form(request, None)


@requires(Permission.MANAGE_MEETINGS)
def guest_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an entry of the directory; what past meetings printed stays as it was."""
    return _guest_form(request, get_object_or_404(Guest.objects.visible_to(request.user), pk=pk))


@requires(Permission.MANAGE_MEETINGS)
def institution_new(request: HttpRequest) -> HttpResponse:
    """Enter an institution."""
    return _institution_form(request, None)


@requires(Permission.MANAGE_MEETINGS)
def institution_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an institution, for every guest of it."""
    return _institution_form(request, get_object_or_404(Institution, pk=pk))


def _institution_form(request: HttpRequest, institution: Institution | None) -> HttpResponse:
    form = InstitutionForm(request.POST or None, instance=institution)
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_institution(
                fields=form.cleaned_data,
                institution=institution,
                version=form.cleaned_data["version"] or 0,
                by=request.user,
            )
        except ChangedMeanwhile as error:
            messages.error(request, str(error))
            theirs = on_top_of(form, Institution.objects.get(pk=institution.pk), INSTITUTION_FIELDS)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The institution is in the directory."))
            return redirect("events:guests" if institution else "events:guest_new")
    context = {"form": form, "institution": institution, "theirs": theirs}
    return render(request, "events/institution_form.html", context)


def _guest_form(request: HttpRequest, guest: Guest | None) -> HttpResponse:
    # A model form writes into its instance; the action gets the entry as it is stored.
    form = GuestForm(request.POST or None, instance=guest, user=request.user)
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_guest(
                fields=form.for_action(),
                guest=guest,
                version=form.cleaned_data["version"] or 0,
                by=request.user,
            )
        except ChangedMeanwhile as error:
            messages.error(request, str(error))
            theirs = _stored_guest(form, guest.pk)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The directory is up to date."))
            return redirect("events:guests")
    context = {
        "form": form,
        "guest": guest,
        "theirs": theirs,
        "has_institutions": Institution.objects.exists(),
    }
    return render(request, "events/guest_form.html", context)


def _stored_guest(form: GuestForm, pk: int) -> list[dict]:
    """As `on_top_of`; the entry in the register goes by its number here."""
    stored = Guest.objects.select_related("registrant", "institution", "region").get(pk=pk)
    rows = on_top_of(form, stored, GUEST_FIELDS)
    if stored.registrant != form.cleaned_data["nia"]:
        rows.append({"label": form.fields["nia"].label, "value": stored.registrant and stored.registrant.nia})
    return rows
