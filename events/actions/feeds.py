"""Calendar addresses: made for oneself, made void."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import Region, User
from events.enums import FeedScope
from events.models import CalendarFeed


@transaction.atomic
def open_feed(*, scope: FeedScope, region: Region | None, language: str, by: User) -> CalendarFeed:
    """Give a person their calendar address; asked again, the same one.

    Raises:
        ActionRefused: the calendar of a region that this person does not see.
    """
    if scope == FeedScope.OWN:
        region = None
    elif not by.sees_all_regions:
        if region is not None and region.pk != by.region_id:
            raise ActionRefused(_("You see the calendar of your own region only."))
        region = by.region
    feed, made = CalendarFeed.objects.get_or_create(
        user=by, scope=scope, region=region, language=language, revoked_at=None
    )
    if made:
        audit.record(action="events.feed.opened", by=by, region_code=by.region_id or "", label=scope)
    return feed


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, by: User) -> None:
    """Make an address void at once; calendars that read it find nothing any more."""
    locked = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        audit.record(action="events.feed.revoked", by=by, region_code=by.region_id or "", label=locked.scope)
