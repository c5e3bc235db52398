"""The list of cards, one card with its history, and stopping it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cards import actions
from cards.card_design.boxes import Side
from cards.card_steps import steps_of
from cards.enums import NOT_MADE_STATES, STOPPABLE_STATES, CardState
from cards.faces import PictureMissing
from cards.forms import CardFilterForm, StopForm
from cards.models import Card, CardRequest
from cards.preview import card_webp
from cards.search import outcome_of
from cards.views.attempts import attempt
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission

PAGE_SIZE = 25
HISTORY_SIZE = 50


@requires(Permission.VIEW_CARDS)
def card_list(request: HttpRequest) -> HttpResponse:
    """Search first, then filters; the address holds the whole state."""
    form = CardFilterForm(request.GET, user=request.user)
    cards = form.apply(Card.objects.visible_to(request.user).with_holder())
    page = Paginator(cards, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "chips": form.chips(request.GET),
        "can_make": request.user.can(Permission.MAKE_CARDS),
        "can_hand_over": request.user.can(Permission.HAND_OVER_CARD),
    }
    return render(request, "cards/list.html", context)


@requires(Permission.VIEW_CARDS)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One card as it is printed, where it lies, and all that happened to it."""
    found = _found(request, pk)
    return _card_page(request, found, _stop_form(found))


@requires(Permission.REVOKE_CARD)
def stop_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a card for good; from then on its code answers "revoked"."""
    found = _found(request, pk)
    form = _stop_form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.stop_card(card=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The card is stopped. Whoever checks it is told so from now on."))
        return redirect("cards:card", pk=pk)
    return _card_page(request, found, form, status=422 if form.is_bound else 200)


@requires(Permission.REVOKE_CARD)
def replace_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a card and ask for the one in its place, in one step."""
    found = _found(request, pk)
    form = _stop_form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.replace_card(card=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The card is stopped, and the one in its place is asked for."))
            return redirect("cards:request", pk=asked.pk) if asked else redirect("cards:card", pk=pk)
    return _card_page(request, found, form, status=422 if form.is_bound else 200)


@requires(Permission.MAKE_CARDS)
@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a card out of its batch before it is printed."""
    found = _found(request, pk)
    reason = request.POST.get("reason", "")
    attempt(
        request,
        lambda: actions.leave_out(card=found, reason=reason, by=request.user),
        _("The card is left out. Its holder may be put in another batch."),
    )
    return redirect("cards:card", pk=pk)


@requires(Permission.VIEW_CARDS)
def card_picture(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """One side of a card, drawn by what draws it for the printer."""
    return picture_response(_found(request, pk), side)


@requires(Permission.VIEW_OWN_FILE)
def own_card_picture(request: HttpRequest, side: str) -> HttpResponse:
    """One side of the reader's own card."""
    own = Card.objects.filter(registrant__user=request.user).live_first().first()
    if own is None:
        raise Http404
    return picture_response(own, side)


def picture_response(found: Card, side: str) -> HttpResponse:
    try:
        content = card_webp(found, Side(side))
    except (PictureMissing, ValueError) as error:
        raise Http404 from error
    return HttpResponse(content, content_type="image/webp", headers={"Cache-Control": "private, no-store"})


def _found(request: HttpRequest, pk: int) -> Card:
    cards = Card.objects.visible_to(request.user).with_holder()
    cards = cards.select_related("batch__created_by", "predecessor", "stop_ground")
    return get_object_or_404(cards, pk=pk)


def _stop_form(found: Card, data=None) -> StopForm:
    return StopForm(data, region_id=found.registrant.region_id)


def _card_page(request: HttpRequest, found: Card, form: StopForm, status: int = 200) -> HttpResponse:
    events = AuditEvent.objects.about(found) | AuditEvent.objects.about(found.batch)
    asked = CardRequest.objects.for_list().filter(card=found).first()
    if asked:
        events |= AuditEvent.objects.about(asked)
    context = {
        "card": found,
        "outcome": outcome_of(found),
        "steps": steps_of(found, asked),
        "asked": asked,
        "successors": found.successors.exclude(state=CardState.CANCELLED),
        "awaited": found.requests_to_succeed.exclude(state__in=NOT_MADE_STATES).filter(card=None),
        "hand_overs": found.hand_overs.select_related("handed_over_by", "undone_by", "proxy"),
        "failures": found.failures.select_related("ground", "recorded_by"),
        "notices": found.notices.all(),
        "history": events[:HISTORY_SIZE],
        "form": form,
        "can_stop": found.state in STOPPABLE_STATES and request.user.can(Permission.REVOKE_CARD),
        "can_leave_out": found.state == CardState.IN_BATCH and request.user.can(Permission.MAKE_CARDS),
        "can_hand_over": found.state == CardState.IN_BOX and request.user.can(Permission.HAND_OVER_CARD),
        "can_see_register": request.user.can(Permission.VIEW_REGISTER),
    }
    return render(request, "cards/card.html", context, status=status)
