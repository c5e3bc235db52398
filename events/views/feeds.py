"""Calendar addresses: one's own page of them, and the calendars themselves."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import ActionRefused
from core.links import absolute
from core.permissions import requires
from core.rate_limits import Limit, count
from core.roles import Permission
from events import actions, tokens
from events.enums import FeedScope
from events.forms.planning import FeedForm
from events.ical import calendar_file
from events.models import CalendarFeed, Meeting

VISITS = Limit("calendar-feeds", 600)


@requires(Permission.VIEW_MEETINGS)
def feeds(request: HttpRequest) -> HttpResponse:
    """One's own calendar addresses: made, shown, made void."""
    return _addresses(request, "events:feeds")


@requires(Permission.VIEW_MEETINGS)
@require_POST
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one of one's own addresses void."""
    return _revoked(request, pk, "events:feeds")


@requires(Permission.VIEW_OWN_FILE)
def own_feeds(request: HttpRequest) -> HttpResponse:
    """An artisan's calendar addresses: the region's meetings, and those they are invited to."""
    return _addresses(request, "events:own_feeds")


@requires(Permission.VIEW_OWN_FILE)
@require_POST
def own_feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one of an artisan's own addresses void."""
    return _revoked(request, pk, "events:own_feeds")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of one address. Reads no session and sets no cookie: the address is the key."""
    if not count(request, VISITS):
        return HttpResponse(status=429)
    key = tokens.read(token, purpose="calendar")
    known = CalendarFeed.objects.select_related("user", "region").filter(key=key, revoked_at__isnull=True)
    found = known.first() if key else None
    if found is None or not found.user.is_active:
        # Calendars drop what is gone, and keep asking where it is only not found.
        return HttpResponse(status=410 if key else 404)
    is_public = found.user.can(Permission.VIEW_OWN_FILE)
    content = calendar_file(_meetings(found), name=_name(found), language=found.language, is_public=is_public)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=600", "X-Robots-Tag": "noindex"}
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers=headers)
    headers["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _addresses(request: HttpRequest, page: str) -> HttpResponse:
    form = FeedForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            actions.open_feed(
                scope=FeedScope(chosen["scope"]),
                region=chosen.get("region"),
                language=chosen["language"],
                by=request.user,
            )
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The address is ready: enter it in your calendar."))
            return redirect(page)
    in_force = request.user.calendar_feeds.filter(revoked_at__isnull=True).select_related("region", "user")
    rows = [{"feed": feed, "url": _address(feed), "name": _name(feed)} for feed in in_force]
    return render(request, "events/feeds.html", {"form": form, "rows": rows})


def _revoked(request: HttpRequest, pk: int, page: str) -> HttpResponse:
    feed = request.user.calendar_feeds.filter(pk=pk).first()
    # Of another's address nothing is said, not even that there is one.
    if feed is not None:
        actions.revoke_feed(feed=feed, by=request.user)
        messages.success(request, _("The address is void."))
    return redirect(page)


def _meetings(feed: CalendarFeed):
    """What the owner may see now; somebody who sees no meetings any more, only where they are on duty."""
    user = feed.user
    if user.can(Permission.VIEW_OWN_FILE):
        return Meeting.objects.for_feed().for_artisan(user, is_invited=feed.scope == FeedScope.OWN)
    if feed.scope == FeedScope.OWN:
        return Meeting.objects.for_feed().worked_at_by(user)
    if not user.can(Permission.VIEW_MEETINGS):
        return Meeting.objects.none()
    seen = Meeting.objects.visible_to(user).for_feed()
    return seen.of_region(feed.region) if feed.region_id else seen


def _name(feed: CalendarFeed) -> str:
    with override(feed.language):
        if feed.user.can(Permission.VIEW_OWN_FILE) and feed.scope == FeedScope.REGION:
            return _("Meetings in my region")
        if feed.scope == FeedScope.OWN:
            return _("My meetings")
        if feed.region_id:
            return _("Meetings: %(region)s") % {"region": feed.region.name}
        return _("Meetings of all regions")


def _address(feed: CalendarFeed) -> str:
    return absolute(reverse("calendar:feed", args=[feed.token]))
