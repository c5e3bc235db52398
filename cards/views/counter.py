"""The counter where cards are handed over: find one, compare, confirm. Every step works as a plain form."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cards import actions
from cards.actions.hand_over import check_may_be_given
from cards.enums import CardState, CheckOutcome
from cards.faces import PictureMissing, portrait
from cards.forms_counter import FailureForm, FindForm, ReceiverForm
from cards.models import Card, CardRules, HandOver
from cards.search import identify
from cards.views.attempts import attempt
from core import audit
from core.exceptions import ActionRefused
from core.frames import UnreadableFrame, read_frame
from core.media import serve_protected
from core.permissions import requires
from core.roles import Permission

RECENT = 6
FOUND_SHOWN = 20


@requires(Permission.HAND_OVER_CARD)
def counter(request: HttpRequest) -> HttpResponse:
    """Scan or type. What is typed may be a name, so that it is sent in the body and never in the address."""
    found, refusal, status = [], "", 200
    if request.method == "POST":
        form = FindForm(request.POST)
        found = _find(request, form.cleaned_data["text"]) if form.is_valid() else []
        if len(found) == 1:
            return redirect("cards:counter_card", pk=found[0].pk)
        if not found:
            refusal, status = _("No card of this region is found. Check the number, or scan again."), 422
    recent = HandOver.objects.visible_to(request.user).by_desk(request.user)
    context = {
        "found": found,
        "refusal": refusal,
        "recent": recent[:RECENT],
        "given": recent.standing().count(),
        "waiting": Card.objects.visible_to(request.user).waiting_for_holder().count(),
    }
    return render(request, "cards/counter.html", context, status=status)


@requires(Permission.HAND_OVER_CARD)
@require_POST
def frame(request: HttpRequest) -> JsonResponse:
    """Read the QR in a camera's frame, for browsers that cannot."""
    upload = request.FILES.get("frame")
    try:
        return JsonResponse({"text": read_frame(upload) if upload else ""}, status=200 if upload else 400)
    except UnreadableFrame:
        return JsonResponse({"text": ""}, status=400)


@requires(Permission.HAND_OVER_CARD)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One card: where it lies, whose face to look for, and who receives it."""
    found = _found(request, pk)
    rules = CardRules.objects.of(found.registrant.region_id)
    form = ReceiverForm(request.POST or None, request.FILES or None, rules=rules)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(
                card=found,
                place=found.registrant.region.chamber.name_ar,
                by=request.user,
                proxy=form.proxy,
                signature=form.cleaned_data["signature"],
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("Card %(serial)s is handed over.") % {"serial": found.serial}
            messages.success(request, done)
            return redirect("cards:counter")
    return _card_page(request, found, form=form, status=422 if form.is_bound else 200)


@requires(Permission.HAND_OVER_CARD)
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The card was not taken, or not given: it stays in its box."""
    return _failed(request, pk, actions.refuse_hand_over, _("It is recorded. The card stays in its box."))


@requires(Permission.HAND_OVER_CARD)
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The holder brought the card back."""
    return _failed(request, pk, actions.return_card, _("The card is back: put it in its box."))


@requires(Permission.HAND_OVER_CARD)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a hand-over back, with a reason."""
    given = get_object_or_404(HandOver.objects.visible_to(request.user), pk=pk)
    reason = request.POST.get("reason", "")
    attempt(
        request,
        lambda: actions.undo_hand_over(hand_over=given, reason=reason, by=request.user),
        _("The hand-over is undone: the card waits again."),
    )
    return redirect("cards:counter")


@requires(Permission.HAND_OVER_CARD)
def photograph(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture on the card, to be compared with the person."""
    try:
        content = portrait(_found(request, pk).photograph)
    except PictureMissing as error:
        raise Http404 from error
    return HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


@requires(Permission.VIEW_CARDS)
def signature(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was signed on the screen."""
    given = get_object_or_404(HandOver.objects.visible_to(request.user), pk=pk)
    return serve_protected(given.signature, content_type="image/png", filename="signature.png")


@requires(Permission.VIEW_CARDS)
def power(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper on which a proxy received the card; that it was looked at is kept."""
    visible = HandOver.objects.visible_to(request.user).select_related("proxy", "card__registrant")
    given = get_object_or_404(visible, pk=pk, proxy__isnull=False)
    response = serve_protected(given.proxy.power, content_type=given.proxy.power_type)
    audit.record(
        action="cards.power.read",
        by=request.user,
        subject=given.card,
        region_code=given.card.registrant.region_id,
    )
    return response


def _find(request: HttpRequest, text: str) -> list[Card]:
    """The card that a code or a number means, else the live cards of whoever bears this name."""
    visible = Card.objects.visible_to(request.user)
    known = identify(text)
    if known.card:
        waiting = visible.waiting_for_holder().filter(registrant=known.card.registrant_id)
        # A number means the person: the card that waits comes before the one in hand.
        is_number = known.card.serial not in text and known.outcome != CheckOutcome.FORGED
        chosen = waiting.first() if is_number and "/" not in text else None
        return [chosen] if chosen else list(visible.filter(pk=known.card.pk))
    if known.outcome == CheckOutcome.FORGED:
        return []
    live = visible.live().search(text).with_holder()
    return list(live.order_by("registrant__name_key", "-id")[:FOUND_SHOWN])


def _found(request: HttpRequest, pk: int) -> Card:
    cards = Card.objects.visible_to(request.user).with_holder().select_related("registrant__region__chamber")
    return get_object_or_404(cards, pk=pk)


def _failed(request: HttpRequest, pk: int, action, done: str) -> HttpResponse:
    found = _found(request, pk)
    form = FailureForm(request.POST, region_id=found.registrant.region_id)
    if form.is_valid():
        try:
            action(card=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
            return redirect("cards:counter")
    return _card_page(request, found, failure=form, status=422)


def _card_page(
    request: HttpRequest,
    found: Card,
    *,
    form: ReceiverForm | None = None,
    failure: FailureForm | None = None,
    status: int = 200,
) -> HttpResponse:
    region_id = found.registrant.region_id
    rules = CardRules.objects.of(region_id)
    try:
        check_may_be_given(found)
        why_not = ""
    except ActionRefused as refusal:
        why_not = str(refusal)
    given = found.hand_overs.standing().select_related("proxy", "handed_over_by").first()
    context = {
        "card": found,
        "why_not": why_not,
        "given": given,
        "is_out": found.state == CardState.HANDED_OVER,
        "form": form or ReceiverForm(rules=rules),
        "failure": failure or FailureForm(region_id=region_id),
        "failures": found.failures.select_related("ground"),
    }
    return render(request, "cards/counter_card.html", context, status=status)
