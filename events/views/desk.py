"""A desk at one of a meeting's lists: scan, choose by name, hand over, undo.

Every step works as a plain form; scripts only save time.
"""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cards.models import CardRules
from core.exceptions import ActionRefused
from core.frames import UnreadableFrame, read_frame
from core.media import serve_protected
from core.roles import Permission
from events import actions
from events.desk import Answer, answer_to, answer_to_walk_in
from events.desk_access import desk_list, presence_at_desk
from events.duties import may_work_at, requires_at_desk
from events.enums import ScanMethod
from events.finding import Found, of_invitation, of_registrant
from events.forms.desk import HandOverForm, ProxyForm, ScanForm, WalkInForm
from events.matches import Match, is_name, people_named, with_phone
from events.models import CheckIn, CheckInList, Scan

RECENT = 6


@requires_at_desk(Permission.CHECK_IN)
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen of a list; `?scan=` shows what was answered to a scan, as things stand now."""
    at = desk_list(request.user, pk)
    shown = _scan(request, at, request.GET.get("scan", ""))
    return _page(request, at, answer=answer_to(shown, at, request.user) if shown else None)


@requires_at_desk(Permission.CHECK_IN)
@require_POST
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Record one scan, or show whom a typed name may mean. The page's script gets the answer alone."""
    at = desk_list(request.user, pk)
    form = ScanForm(request.POST, meeting=at.meeting)
    if not form.is_valid():
        return _refused(request, at, _("Nothing could be read. Scan again, or type the number."))
    sent = form.cleaned_data
    found = _chosen(sent, at)
    if found is None and sent["method"] != ScanMethod.CAMERA and is_name(sent["text"]):
        return _state(request, at, matches=people_named(sent["text"], at), asked=sent["text"])
    try:
        recorded = actions.check_in(
            at=at,
            text=sent["text"],
            found=found,
            method=ScanMethod.NAME if found else ScanMethod(sent["method"]),
            scan_id=sent["scan_id"],
            by=request.user,
        )
    except ActionRefused as error:
        return _refused(request, at, str(error))
    return _answered(request, at, recorded)


@requires_at_desk(Permission.CHECK_IN)
@require_POST
def frame(request: HttpRequest, pk: int) -> JsonResponse:
    """Read the QR in a camera's frame. What is read comes back to the page, which sends it as a scan."""
    desk_list(request.user, pk)
    upload = request.FILES.get("frame")
    if upload is None:
        return JsonResponse({"text": ""}, status=400)
    try:
        return JsonResponse({"text": read_frame(upload)})
    except UnreadableFrame:
        return JsonResponse({"text": ""}, status=400)


@requires_at_desk(Permission.CHECK_IN)
@require_POST
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down somebody who is on no list, unless the register knows their telephone."""
    at = desk_list(request.user, pk)
    # Shown again it stands beside the empty one of the page: its fields have identifiers of their own.
    form = WalkInForm(request.POST, region=at.meeting.region, auto_id="again_%s")
    if not form.is_valid():
        return _state(request, at, walk_in_form=form)
    known = [] if form.cleaned_data["nobody_known"] else with_phone(form.cleaned_data["phone"], at)
    if known:
        # Sent once more from under the names, it means none of them.
        form.data = form.data.copy()
        form.data["nobody_known"] = "on"
        return _state(request, at, matches=known, asked=form.cleaned_data["name"], walk_in_form=form)
    person = form.save(commit=False)
    person.pk = form.cleaned_data["walk_in_id"]
    try:
        present = actions.check_in_walk_in(at=at, walk_in=person, by=request.user)
    except ActionRefused as error:
        return _refused(request, at, str(error))
    return _answered_walk_in(request, at, present)


@requires_at_desk(Permission.CHECK_IN)
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the register's draft for a walk-in who is an artisan."""
    present = presence_at_desk(request.user, pk)
    if present.walk_in is None:
        return _refused(request, present.list, _("Only a walk-in is drafted from here."))
    try:
        actions.draft_of_walk_in(walk_in=present.walk_in, by=request.user)
    except ActionRefused as error:
        return _refused(request, present.list, str(error))
    return _noted(request, present.list, _("The draft waits at the counter."))


@requires_at_desk(Permission.HAND_OVER_CARD)
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that a waiting card was given to its holder, or to whoever comes for them with a power."""
    at = desk_list(request.user, pk, Permission.HAND_OVER_CARD)
    kind = ProxyForm if ProxyForm.sent_in(request.POST) else HandOverForm
    rules = CardRules.objects.of(at.meeting.region_id)
    form = kind(request.POST, request.FILES, meeting=at.meeting, rules=rules)
    refusal = ""
    if form.is_valid():
        try:
            actions.hand_over(
                at=at,
                card=form.cleaned_data["card"],
                by=request.user,
                proxy=form.proxy,
                signature=form.cleaned_data["signature"],
            )
        except ActionRefused as error:
            refusal = str(error)
            form.add_error(None, refusal)
    shown = _scan(request, at, str(form.cleaned_data.get("scan") or ""))
    if form.is_valid():
        return _answered(request, at, shown) if shown else _noted(request, at, _("Card handed over"))
    answer = answer_to(shown, at, request.user) if shown else None
    if answer and answer.holds and (form.proxy_asked or not refusal):
        # What was typed stays, beside what is wrong with it.
        return _state(request, at, answer=answer, receiver=form)
    return _refused(request, at, refusal or _("Scan the card once more: it is not known here."))


@requires_at_desk(Permission.CHECK_IN)
@require_POST
def undo_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a presence back, with a reason."""
    return _undone(request, pk, actions.undo_check_in, _("The presence is undone."))


@requires_at_desk(Permission.HAND_OVER_CARD)
@require_POST
def undo_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the hand-over made with this presence, with a reason."""
    done = _("The hand-over is undone: the card waits again.")
    return _undone(request, pk, actions.undo_hand_over, done, Permission.HAND_OVER_CARD)


@requires_at_desk(Permission.CHECK_IN)
def photograph(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photograph of somebody who is checked in, so that the agent sees whose card it is."""
    present = presence_at_desk(request.user, pk, standing=True)
    person = present.registrant
    return serve_protected(person.photograph if person else None, content_type="image/jpeg")


def _chosen(sent: dict, at: CheckInList) -> Found | None:
    if sent["registrant"]:
        return of_registrant(sent["registrant"], at.meeting)
    return of_invitation(sent["invitation"]) if sent["invitation"] else None


def _undone(
    request: HttpRequest, pk: int, action, done: str, permission: Permission = Permission.CHECK_IN
) -> HttpResponse:
    present = presence_at_desk(request.user, pk, permission)
    try:
        action(check_in=present, reason=request.POST.get("reason", ""), by=request.user)
    except ActionRefused as error:
        return _refused(request, present.list, str(error))
    return _noted(request, present.list, done)


def _answered(request: HttpRequest, at: CheckInList, recorded: Scan) -> HttpResponse:
    """The answer to a scan: a part of the page for its script, else the page at an address that shows it."""
    if request.htmx:
        # What was just recorded is at hand whole: fifty desks need not read it back. Its line alone is sent,
        # and the page keeps the lines that it has.
        return _state(request, at, answer=answer_to(recorded, at, request.user), latest=recorded)
    return redirect(f"{reverse('events:desk', args=[at.pk])}?{urlencode({'scan': recorded.pk})}")


def _answered_walk_in(request: HttpRequest, at: CheckInList, present: CheckIn) -> HttpResponse:
    present = CheckIn.objects.for_desk().get(pk=present.pk)
    return _state(request, at, answer=answer_to_walk_in(present))


def _noted(request: HttpRequest, at: CheckInList, done: str) -> HttpResponse:
    if request.htmx:
        return _state(request, at, notice=done)
    messages.success(request, done)
    return redirect("events:desk", pk=at.pk)


def _refused(request: HttpRequest, at: CheckInList, message: str) -> HttpResponse:
    if request.htmx:
        return _state(request, at, refusal=message, status=409)
    messages.error(request, message)
    return redirect("events:desk", pk=at.pk)


def _scan(request: HttpRequest, at: CheckInList, text: str) -> Scan | None:
    try:
        wanted = uuid.UUID(text)
    except ValueError:
        return None
    return at.scans.by_desk(request.user).with_answer().filter(pk=wanted).first()


def _state(request: HttpRequest, at: CheckInList, *, status: int = 200, **shown) -> HttpResponse:
    """The part of the page that a step renews, or the whole page where there is no script."""
    if request.htmx:
        return render(request, "events/_desk_state.html", _context(request, at, **shown), status=status)
    return _page(request, at, status=status, **shown)


def _page(request: HttpRequest, at: CheckInList, *, status: int = 200, **shown) -> HttpResponse:
    context = _context(request, at, **shown)
    if at.takes_walk_ins and context["is_open"] and not context["walk_in_form"]:
        context["walk_in_form"] = WalkInForm(region=at.meeting.region, initial={"walk_in_id": uuid.uuid4()})
    others = CheckInList.objects.worked_by(request.user).filter(meeting=at.meeting).exclude(pk=at.pk)
    context["has_other_lists"] = others.exists()
    return render(request, "events/desk.html", context, status=status)


def _context(
    request: HttpRequest,
    at: CheckInList,
    *,
    answer: Answer | None = None,
    matches: list[Match] | None = None,
    asked: str = "",
    walk_in_form: WalkInForm | None = None,
    refusal: str = "",
    notice: str = "",
    latest: Scan | None = None,
    receiver: HandOverForm | None = None,
) -> dict:
    here = at.check_ins.standing()
    recent = at.scans.by_desk(request.user).with_answer()
    return {
        "at": at,
        "meeting": at.meeting,
        "is_open": at.is_open and at.meeting.is_open_for_check_in,
        "answer": answer,
        "matches": matches,
        "asked": asked,
        "walk_in_form": walk_in_form,
        "recent": [latest] if latest else recent[:RECENT],
        "keeps_lines": RECENT if latest else 0,
        "present": here.count(),
        "cards_given": here.with_card_given().count() if at.hands_over else None,
        "can_hand_over": may_work_at(request.user, at.meeting, Permission.HAND_OVER_CARD),
        "next_scan_id": uuid.uuid4(),
        "refusal": refusal,
        "notice": notice,
        **_receiver_forms(at, answer, receiver),
    }


def _receiver_forms(at: CheckInList, answer: Answer | None, sent: HandOverForm | None) -> dict:
    """For the holder, and for a proxy where the chamber gives cards to any; the one sent, as it was sent."""
    forms = {"holder_form": None, "proxy_form": None}
    if not answer or not answer.holds:
        return forms
    rules = CardRules.objects.of(at.meeting.region_id)
    about = {"card": answer.waiting_card.pk, "scan": answer.scan and answer.scan.pk}
    new = {"meeting": at.meeting, "rules": rules, "initial": about}
    if not answer.is_represented:
        forms["holder_form"] = HandOverForm(**new)
    if rules.proxy_allowed:
        forms["proxy_form"] = ProxyForm(**new)
    return forms | ({"proxy_form" if sent.proxy_asked else "holder_form": sent} if sent else {})
