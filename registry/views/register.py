"""The list of the register and one person's file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import AuditEvent
from core.panels import REGISTRANT, panels_for
from core.permissions import requires
from core.roles import Permission
from registry.actions import record_reading
from registry.columns import columns_shown
from registry.enums import EDITABLE_STATES
from registry.filters import RegisterFilterForm
from registry.held_data import READINGS
from registry.models import Registrant
from registry.results import results_of
from registry.views.searching import address_of

HISTORY_SIZE = 50


@requires(Permission.VIEW_REGISTER)
def register_list(request: HttpRequest) -> HttpResponse:
    """Search first, then filters; the address holds the whole state, what was typed by a token alone."""
    form = RegisterFilterForm(request.GET, user=request.user)
    query, is_open = request.GET.urlencode(), "filters" in request.GET
    columns = columns_shown(form.columns_chosen())
    results = results_of(
        form.text,
        form.filters(),
        people=Registrant.objects.visible_to(request.user).with_columns([key for key, _heading in columns]),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(
        request,
        "registry/list.html",
        {
            "form": form,
            "results": results,
            "chips": form.chips(request.GET),
            # The fields take longer to make than the rest of the page: nobody waits for them unopened.
            "fields_url": "" if is_open or form.errors else f"{reverse('registry:filters')}?{query}",
            "open_url": f"?{query}&filters=1",
            "is_open": is_open,
            "columns": columns,
            "saved_lists": [
                {"name": saved.name, "address": address_of(saved)}
                for saved in request.user.saved_filters.select_related("search_text")
            ],
            "can_register": request.user.can(Permission.REGISTER_ARTISAN),
            "can_export": request.user.can(Permission.EXPORT_REGISTER),
        },
    )


@requires(Permission.VIEW_REGISTER)
def register_filters(request: HttpRequest) -> HttpResponse:
    """The fields of the list's filters alone, for a page that is open without them."""
    form = RegisterFilterForm(request.GET, user=request.user)
    return render(request, "components/filter_fields.html", {"form": form})


@requires(Permission.VIEW_REGISTER)
def register_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's file with its history; that it was read is recorded too."""
    if merged := Registrant.objects.known_to(request.user).merged_away().filter(pk=pk).first():
        return _where_it_went(request, merged)
    people = Registrant.objects.visible_to(request.user).with_list_columns().select_related("supervisor")
    registrant = get_object_or_404(people, pk=pk)
    record_reading(registrant=registrant, by=request.user)
    return render(
        request,
        "registry/detail.html",
        {
            "registrant": registrant,
            "applications": registrant.applications.select_related("ground"),
            "editable_states": EDITABLE_STATES,
            "can_register": request.user.can(Permission.REGISTER_ARTISAN),
            "can_decide": request.user.can(Permission.DECIDE_APPLICATION),
            "documents": registrant.documents.all(),
            "qualifications": registrant.qualifications.all(),
            # Who has read it stands on a page of its own, for those whom it concerns.
            "history": AuditEvent.objects.about(registrant).exclude(action__in=READINGS)[:HISTORY_SIZE],
            "panels": panels_for(REGISTRANT, request, registrant),
        },
    )


def _where_it_went(request: HttpRequest, merged: Registrant) -> HttpResponse:
    """The page of the entry that stays, as far as the reader may know it."""
    kept = merged.merged_into
    if Registrant.objects.known_to(request.user).filter(pk=kept.pk).exists():
        messages.info(request, _("The entry you asked for was merged into this one."))
        return redirect("registry:detail", pk=kept.pk)
    messages.info(
        request, _("This entry was merged into one of the region %(region)s.") % {"region": kept.region}
    )
    return redirect("registry:list")
