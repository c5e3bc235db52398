"""The plain way: the meeting locked, its people looked through one by one, the whole page sent again."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from core.permissions import requires
from core.roles import Permission
from events.desk_access import desk_list
from events.enums import ScanMethod, ScanResult
from events.finding import find
from events.models import CheckIn, Meeting, Scan
from events.views.desk import _page


@requires(Permission.CHECK_IN)
def plain(request: HttpRequest, pk: int) -> HttpResponse:
    at = desk_list(request.user, pk)
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=at.meeting_id)
        found = find(request.POST["text"], at.meeting)
        present = [one for one in at.check_ins.standing() if one.registrant_id == found.registrant.pk]
        result = ScanResult.ALREADY_IN if present else ScanResult.RECORDED
        who = {"meeting": at.meeting, "list": at, "card": found.card}
        kept = (
            present[0]
            if present
            else CheckIn.objects.create(
                registrant=found.registrant, method=ScanMethod.SCANNER, checked_in_by=request.user, **who
            )
        )
        Scan.objects.create(
            result=result, check_in=kept, method=ScanMethod.SCANNER, scanned_by=request.user, **who
        )
    return _page(request, at)


urlpatterns = [path("plain/<int:pk>/", plain), path("", include("chamber_portal.urls"))]
