"""Requests as the chamber's staff enter them, from a person's file."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions import (
    ask_transfer,
    enter_amendment,
    enter_death,
    enter_exit,
    enter_transfer,
    prepare_amendment,
)
from registry.enums import OPEN_CHANGE_STATES, ChangeKind, ChangeState, DocumentKind
from registry.forms.changes import AmendmentForm, DeathForm, ExitForm, TransferAskForm, TransferForm
from registry.held_values import field_label
from registry.models import ChangeRequest, Registrant
from registry.views.changes.request import find


@requires(Permission.REGISTER_ARTISAN)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it is held, to be written over; an amendment that is open already is shown instead."""
    registrant = _registrant(request, pk)
    if request.method == "GET" and (open_one := _open(registrant, ChangeKind.AMENDMENT)):
        name = "change_prepare" if open_one.state == ChangeState.ASKED else "change"
        return redirect(f"registry:{name}", pk=open_one.pk)
    return _amendment(request, registrant, None)


@requires(Permission.REGISTER_ARTISAN)
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's own wish, and the file to be written over accordingly."""
    wish = find(request, pk)
    registrant = _registrant(request, wish.registrant_id)
    if wish.kind != ChangeKind.AMENDMENT or wish.state != ChangeState.ASKED:
        return redirect("registry:change", pk=pk)
    return _amendment(request, registrant, wish)


@requires(Permission.REGISTER_ARTISAN)
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a file to the chamber of the person's new commune."""
    registrant = _registrant(request, pk)
    if request.method == "GET" and (open_one := _open(registrant, ChangeKind.TRANSFER)):
        return redirect("registry:change", pk=open_one.pk)
    form = TransferForm(request.POST or None, request.FILES or None, user=request.user)

    def enter() -> ChangeRequest:
        return enter_transfer(registrant=registrant, **_where(form), by=request.user)

    return _entered(request, form, enter, "transfer", registrant)


@requires(Permission.REGISTER_ARTISAN)
def transfer_ask(request: HttpRequest) -> HttpResponse:
    """Ask another chamber for the file of somebody who works here now."""
    form = TransferAskForm(request.POST or None, request.FILES or None, user=request.user)

    def enter() -> ChangeRequest:
        numbers = {name: form.cleaned_data[name] for name in ("nia", "national_id")}
        return ask_transfer(**numbers, **_where(form), by=request.user)

    return _entered(request, form, enter, "transfer_ask")


@requires(Permission.REGISTER_ARTISAN)
def exit_(request: HttpRequest, pk: int) -> HttpResponse:
    """A person asks at the counter to leave the register."""
    return _leaving(request, pk, ExitForm, enter_exit, ChangeKind.EXIT)


@requires(Permission.REGISTER_ARTISAN)
def death(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate that somebody has died is brought to the chamber."""
    return _leaving(request, pk, DeathForm, enter_death, ChangeKind.DEATH)


def _amendment(request: HttpRequest, registrant: Registrant, wish: ChangeRequest | None) -> HttpResponse:
    form = AmendmentForm(
        request.POST or None, request.FILES or None, registrant=registrant, user=request.user
    )
    if request.method == "POST":
        if form.is_valid():
            entered = {
                "wanted": form.wanted(),
                "version": form.cleaned_data["version"],
                "photograph": form.uploads["photograph"][0] if "photograph" in form.uploads else None,
                "documents": form.documents(),
                "by": request.user,
            }
            try:
                if wish:
                    made = prepare_amendment(request=wish, **entered)
                else:
                    made = enter_amendment(
                        registrant=registrant, explanation=form.cleaned_data["explanation"], **entered
                    )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The request waits for its decision."))
                return redirect("registry:change", pk=made.pk)
        form.keep_uploads()
    about = field_label(wish.about) if wish and wish.about and wish.about != "other" else ""
    context = {"form": form, "registrant": registrant, "wish": wish, "about": about}
    return render(request, "registry/changes/amend.html", context)


def _leaving(
    request: HttpRequest, pk: int, form_class: type, act: Callable, kind: ChangeKind
) -> HttpResponse:
    registrant = _registrant(request, pk)
    if request.method == "GET" and (open_one := _open(registrant, kind)):
        return redirect("registry:change", pk=open_one.pk)
    form = form_class(request.POST or None, request.FILES or None, user=request.user)

    def enter() -> ChangeRequest:
        return act(
            registrant=registrant,
            documents=form.documents(),
            effective_on=form.cleaned_data["effective_on"],
            explanation=form.cleaned_data["explanation"],
            by=request.user,
        )

    return _entered(request, form, enter, str(kind), registrant)


def _entered(
    request: HttpRequest, form, enter: Callable, template: str, registrant: Registrant | None = None
) -> HttpResponse:
    """The page of a form, or what follows when it was entered."""
    if request.method == "POST":
        if form.is_valid():
            try:
                made = enter()
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The request is entered: %(number)s") % {"number": made.number})
                return redirect("registry:change", pk=made.pk)
        form.keep_uploads()
    return render(request, f"registry/changes/{template}.html", {"form": form, "registrant": registrant})


def _where(form: TransferForm) -> dict:
    return {name: form.cleaned_data[name] for name in ("commune", "address", "explanation")} | {
        "documents": form.scan("proof", DocumentKind.OTHER)
    }


def _registrant(request: HttpRequest, pk: int) -> Registrant:
    people = Registrant.objects.visible_to(request.user).with_list_columns()
    return get_object_or_404(people, pk=pk)


def _open(registrant: Registrant, kind: ChangeKind) -> ChangeRequest | None:
    return registrant.change_requests.filter(kind=kind, state__in=OPEN_CHANGE_STATES).first()
