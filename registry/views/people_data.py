"""What people may ask of the data held about them: at the chamber's counter and in their own space."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions import record_data_given
from registry.actions.consents import give_consent, withdraw_consent
from registry.actions.data_requests import answer_data_request, ask_about_data
from registry.data_paper import data_paper
from registry.enums import ConsentPurpose
from registry.filters_queues import DataRequestFilter
from registry.forms.people_data import AnswerForm, ConsentsForm, DataRequestForm
from registry.held_data import as_json, held_about, readings_of
from registry.models import DataRequest, Registrant

PAGE_SIZE = 25


@requires(Permission.ANSWER_DATA_REQUESTS)
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """Requests that wait for an answer, the nearest limit first; answered ones behind."""
    asked = DataRequestFilter(request.GET, user=request.user)
    rows = asked.rows().select_related("registrant__commune")
    context = {
        "tabs": [
            {
                "label": label,
                "url": f"?state={name}",
                "active": name == asked.state,
                "count": asked.by_state[name].count(),
            }
            for name, label in asked.STATES.items()
        ],
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
        "today": timezone.localdate(),
    }
    return render(request, "registry/data_requests.html", context)


@requires(Permission.ANSWER_DATA_REQUESTS)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's consents and requests, and a new request taken at the counter."""
    registrant = get_object_or_404(Registrant.objects.visible_to(request.user), pk=pk)
    form = DataRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_about_data(registrant=registrant, by=request.user, **form.cleaned_data)
        messages.success(request, _("The request is entered."))
        return redirect("registry:people_data", pk=pk)
    context = {"registrant": registrant, "form": form, **_held_choices(registrant)}
    return render(request, "registry/people_data.html", context)


@requires(Permission.ANSWER_DATA_REQUESTS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One request and its answer."""
    asked = get_object_or_404(
        DataRequest.objects.visible_to(request.user).select_related("registrant"), pk=pk
    )
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            answer_data_request(
                request=asked,
                refuse=wanted["outcome"] == "refused",
                answer=wanted["answer"],
                by=request.user,
            )
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The answer is recorded."))
        return redirect("registry:people_data", pk=asked.registrant_id)
    return render(request, "registry/data_request_answer.html", {"asked": asked, "form": form})


@requires(Permission.ANSWER_DATA_REQUESTS)
@require_POST
def consents(request: HttpRequest, pk: int) -> HttpResponse:
    """Consents given or taken back at the counter, on the person's word."""
    registrant = get_object_or_404(Registrant.objects.visible_to(request.user), pk=pk)
    _set_consents(request, registrant)
    return redirect("registry:people_data", pk=pk)


@requires(Permission.ANSWER_DATA_REQUESTS)
@require_POST
def data_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """All that is held of one person, to hand to that person."""
    registrant = get_object_or_404(Registrant.objects.visible_to(request.user), pk=pk)
    return _data_file(request, registrant, form)


@requires(Permission.VIEW_AUDIT_TRAIL)
@require_safe
def readings(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who opened one person's file, by name: for the auditor."""
    registrant = get_object_or_404(Registrant.objects.visible_to(request.user), pk=pk)
    page = Paginator(readings_of(registrant), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "registry/readings.html", {"registrant": registrant, "page": page})


@requires(Permission.VIEW_OWN_FILE)
def own_data(request: HttpRequest) -> HttpResponse:
    """The artisan's own page: what I agreed to, who has read my file, what I may ask."""
    registrant = get_object_or_404(Registrant, user=request.user)
    form = DataRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_about_data(registrant=registrant, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your request has reached the chamber."))
        return redirect("registry:own_data")
    page = Paginator(readings_of(registrant), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"registrant": registrant, "form": form, "page": page, **_held_choices(registrant)}
    return render(request, "registry/own_data.html", context)


@requires(Permission.VIEW_OWN_FILE)
@require_POST
def own_consents(request: HttpRequest) -> HttpResponse:
    _set_consents(request, get_object_or_404(Registrant, user=request.user))
    return redirect("registry:own_data")


@requires(Permission.VIEW_OWN_FILE)
@require_POST
def own_data_file(request: HttpRequest, form: str) -> HttpResponse:
    return _data_file(request, get_object_or_404(Registrant, user=request.user), form)


def _held_choices(registrant: Registrant) -> dict:
    in_force = registrant.consents.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True)
    return {
        "consents_form": ConsentsForm(initial={"purposes": list(in_force)}),
        "requests": registrant.data_requests.select_related("answered_by"),
    }


def _set_consents(request: HttpRequest, registrant: Registrant) -> None:
    form = ConsentsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose among the consents that are listed."))
        return
    for purpose in ConsentPurpose:
        change = give_consent if purpose in form.cleaned_data["purposes"] else withdraw_consent
        change(registrant=registrant, purpose=purpose, by=request.user)
    messages.success(request, _("The consents are saved."))


def _data_file(request: HttpRequest, registrant: Registrant, form: str) -> HttpResponse:
    sections = held_about(registrant)
    if form == "pdf":
        content, kind = data_paper(registrant, sections), "application/pdf"
    else:
        content = json.dumps(as_json(sections), ensure_ascii=False, indent=2)
        kind = "application/json; charset=utf-8"
    record_data_given(registrant=registrant, by=request.user)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="data.{form}"'
    return response
