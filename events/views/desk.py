"""The desk of a meeting: scan, hand over, undo. Every step works as a plain form; scripts only save time."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cards.models import Card
from core.exceptions import ActionRefused
from core.media import serve_protected
from core.roles import Permission
from events import actions
from events.desk import answer_to
from events.duties import desk_meeting, may_work_at, requires_at_desk
from events.enums import ScanMethod
from events.forms import HandOverForm, ScanForm
from events.frames import UnreadableFrame, read_frame
from events.models import CheckIn, Meeting, Scan

RECENT = 6


@requires_at_desk(Permission.CHECK_IN)
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen at the door; `?scan=` shows what was answered to a scan, as things stand now."""
    meeting = _meeting(request, pk)
    return render(request, "events/desk.html", _context(request, meeting, _shown_scan(request, meeting)))


@requires_at_desk(Permission.CHECK_IN)
@require_POST
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Record one scan. The page's script gets the answer alone, everyone else the page again."""
    meeting = _meeting(request, pk)
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _refused(request, meeting, _("Nothing could be read. Scan again, or type the number."))
    sent = form.cleaned_data
    try:
        recorded = actions.check_in(
            meeting=meeting,
            text=sent["text"],
            method=ScanMethod(sent["method"]),
            scan_id=sent["scan_id"],
            by=request.user,
        )
    except ActionRefused as error:
        return _refused(request, meeting, str(error))
    return _answered(request, meeting, recorded.pk)


@requires_at_desk(Permission.CHECK_IN)
@require_POST
def frame(request: HttpRequest, pk: int) -> JsonResponse:
    """Read the QR in a camera's frame. What is read comes back to the page, which sends it as a scan."""
    _meeting(request, pk)
    upload = request.FILES.get("frame")
    if upload is None:
        return JsonResponse({"text": ""}, status=400)
    try:
        return JsonResponse({"text": read_frame(upload)})
    except UnreadableFrame:
        return JsonResponse({"text": ""}, status=400)


@requires_at_desk(Permission.HAND_OVER_CARD)
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that a waiting card was given to its holder."""
    meeting = _meeting(request, pk, Permission.HAND_OVER_CARD)
    form = HandOverForm(request.POST, cards=Card.objects.visible_to(request.user))
    if not form.is_valid():
        return _refused(request, meeting, _("Scan the card once more: it is not known here."))
    card = form.cleaned_data["card"]
    try:
        actions.hand_over(meeting=meeting, card=card, by=request.user)
    except ActionRefused as error:
        return _refused(request, meeting, str(error))
    return _answered(request, meeting, form.cleaned_data["scan"] or "")


@requires_at_desk(Permission.CHECK_IN)
@require_POST
def undo_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a presence back, with a reason."""
    return _undone(request, pk, Permission.CHECK_IN, actions.undo_check_in, _("The presence is undone."))


@requires_at_desk(Permission.HAND_OVER_CARD)
@require_POST
def undo_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the hand-over made with this presence, with a reason."""
    return _undone(
        request,
        pk,
        Permission.HAND_OVER_CARD,
        actions.undo_hand_over,
        _("The hand-over is undone: the card waits again."),
    )


@requires_at_desk(Permission.CHECK_IN)
def photograph(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photograph of somebody who is checked in, so that the agent sees whose card it is."""
    present = _check_in(request, pk, Permission.CHECK_IN)
    if present.undone_at:
        raise Http404
    return serve_protected(present.registrant.photograph, content_type="image/jpeg")


def _meeting(request: HttpRequest, pk: int, permission: Permission = Permission.CHECK_IN) -> Meeting:
    return desk_meeting(request.user, pk, permission)


def _check_in(request: HttpRequest, pk: int, permission: Permission) -> CheckIn:
    """A presence at a meeting at which the reader may do this."""
    present = get_object_or_404(CheckIn.objects.for_desk(), pk=pk)
    desk_meeting(request.user, present.meeting_id, permission)
    return present


def _undone(request: HttpRequest, pk: int, permission: Permission, action, done: str) -> HttpResponse:
    present = _check_in(request, pk, permission)
    try:
        action(check_in=present, reason=request.POST.get("reason", ""), by=request.user)
    except ActionRefused as error:
        return _refused(request, present.meeting, str(error))
    if request.htmx:
        context = _context(request, present.meeting, None) | {"notice": done}
        return render(request, "events/_desk_state.html", context)
    messages.success(request, done)
    return redirect("events:desk", pk=present.meeting_id)


def _answered(request: HttpRequest, meeting: Meeting, scan_id: uuid.UUID | str) -> HttpResponse:
    """The answer to a scan: a part of the page for its script, else the page at an address that shows it."""
    if request.htmx:
        scan = _scan(request, meeting, str(scan_id))
        return render(request, "events/_desk_state.html", _context(request, meeting, scan))
    address = reverse("events:desk", args=[meeting.pk])
    return redirect(f"{address}?{urlencode({'scan': scan_id})}" if scan_id else address)


def _refused(request: HttpRequest, meeting: Meeting, message: str) -> HttpResponse:
    if request.htmx:
        context = _context(request, meeting, None) | {"refusal": message}
        return render(request, "events/_desk_state.html", context, status=409)
    messages.error(request, message)
    return redirect("events:desk", pk=meeting.pk)


def _shown_scan(request: HttpRequest, meeting: Meeting) -> Scan | None:
    return _scan(request, meeting, request.GET.get("scan", ""))


def _scan(request: HttpRequest, meeting: Meeting, text: str) -> Scan | None:
    try:
        wanted = uuid.UUID(text)
    except ValueError:
        return None
    return meeting.scans.by_desk(request.user).with_answer().filter(pk=wanted).first()


def _context(request: HttpRequest, meeting: Meeting, scan: Scan | None) -> dict:
    present = meeting.check_ins.standing()
    return {
        "meeting": meeting,
        "is_open": meeting.is_open_for_check_in,
        "answer": answer_to(scan, request.user) if scan else None,
        "recent": meeting.scans.by_desk(request.user).with_answer()[:RECENT],
        "present": present.count(),
        "cards_given": present.with_card_given().count(),
        "can_hand_over": may_work_at(request.user, meeting, Permission.HAND_OVER_CARD),
        "next_scan_id": uuid.uuid4(),
        "refusal": "",
        "notice": "",
    }
