"""A meeting's people handed to the cards: who is invited, in the order of the list, then who came besides."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cards.actions import hand_in_list
from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from events.models import Meeting


@requires(Permission.MAKE_CARDS)
@require_POST
def card_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on to the composition of a batch with the meeting's list."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    invited = meeting.invitations.standing().of_the_register().order_by("position")
    present = meeting.check_ins.standing().filter(registrant__isnull=False).order_by("checked_in_at")
    people = [
        *invited.values_list("registrant_id", flat=True),
        *present.values_list("registrant_id", flat=True),
    ]
    try:
        given = hand_in_list(
            title=meeting.title, registrant_ids=people, region=meeting.region, by=request.user
        )
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:meeting", pk=pk)
    return redirect(f"{reverse('cards:batch_new')}?list={given.pk}")
