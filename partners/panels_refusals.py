"""What refusals show on the home page of those who follow them up."""

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.enums import FollowUpState
from partners.filters.refusals import MINE
from partners.models import Feedback


def refusals_to_follow_up(request: HttpRequest, subject: None) -> dict:
    """Nobody's and those in one's own hands, each count leading to its list; in one query."""
    waiting = Feedback.objects.visible_to(request.user).to_follow_up()
    mine = Q(follow_up=FollowUpState.IN_HAND, followed_by=request.user)
    counted = waiting.aggregate(
        nobodys=Count("pk", filter=Q(follow_up=FollowUpState.OPEN)), mine=Count("pk", filter=mine)
    )
    listed = reverse("partners:refusals")
    return {
        "counts": [
            {
                "label": _("Refusals to follow up"),
                "count": counted["nobodys"],
                "url": f"{listed}?state={FollowUpState.OPEN.value}",
            },
            {
                "label": _("Refusals in your hands"),
                "count": counted["mine"],
                "url": f"{listed}?state={FollowUpState.IN_HAND.value}&hands={MINE}",
            },
        ]
    }
