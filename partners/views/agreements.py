"""Agreements with partners: what was signed, until when, and which chambers joined."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.forms.agreements import AgreementFilterForm, AgreementForm, ChamberForm, SignForm
from partners.history import history_of
from partners.models import Adhesion, Agreement, Offer
from partners.views import steps

PAGE_SIZE = 25


@requires(Permission.VIEW_PARTNERSHIPS)
def agreements(request: HttpRequest) -> HttpResponse:
    form = AgreementFilterForm(request.GET)
    found = form.apply(Agreement.objects.with_list_columns())
    context = {
        "form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "chips": form.chips(request.GET),
        "manages": request.user.can(Permission.MANAGE_OFFERS),
        "soon": set(Agreement.objects.ending_soon().values_list("pk", flat=True)),
    }
    return render(request, "partners/staff/agreements.html", context)


@requires(Permission.VIEW_PARTNERSHIPS)
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement, its papers, the chambers' votes, its offers and what happened to it."""
    found = get_object_or_404(Agreement.objects.select_related("partner__parent"), pk=pk)
    votes = request.user.can(Permission.MANAGE_ADHESIONS)
    own = set(Adhesion.objects.visible_to(request.user).filter(agreement=found).values_list("pk", flat=True))
    form = ChamberForm(agreement=found, by=request.user) if votes else None
    context = {
        "agreement": found,
        "manages": request.user.can(Permission.MANAGE_OFFERS),
        "adhesions": [
            {"adhesion": one, "opens": one.pk in own}
            for one in found.adhesions.with_places().order_by("chamber__region_id")
        ],
        "chamber_form": form if form and found.is_in_force and form.fields["chamber"].queryset else None,
        "offers": Offer.objects.filter(agreement=found).by_partner().with_list_columns(),
        "documents": found.documents.all(),
        "history": history_of(found),
        "sign_form": SignForm(),
    }
    return render(request, "partners/staff/agreement.html", context)


@requires(Permission.MANAGE_OFFERS)
def agreement_new(request: HttpRequest) -> HttpResponse:
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.create_agreement(
            partner=form.cleaned_data["partner"], values=form.values(), by=request.user
        )
        messages.success(request, _("The agreement is in preparation."))
        return redirect("partners:agreement", made.pk)
    return render(request, "partners/staff/agreement_edit.html", {"form": form, "agreement": None})


@requires(Permission.MANAGE_OFFERS)
def agreement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Agreement, pk=pk)
    form = AgreementForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_agreement(
                agreement=found,
                values=form.values(),
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The agreement is saved."))
            return redirect("partners:agreement", pk)
    return render(request, "partners/staff/agreement_edit.html", {"form": form, "agreement": found})


@requires(Permission.MANAGE_OFFERS)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Agreement, pk=pk)
    form = SignForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["signed_on"]))
        return redirect("partners:agreement", pk)
    return steps.take(
        request,
        actions.sign_agreement,
        done=_("The agreement is signed: chambers may join it."),
        then=("partners:agreement", pk),
        agreement=found,
        **form.cleaned_data,
    )


@requires(Permission.MANAGE_OFFERS)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Agreement, pk=pk)
    return steps.take(
        request,
        actions.end_agreement,
        done=_("The agreement has ended; its offers are no longer shown."),
        then=("partners:agreement", pk),
        agreement=found,
        reason=request.POST.get("reason", "")[:300],
    )
