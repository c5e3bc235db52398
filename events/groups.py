"""Who belongs to a group that is invited together, read from the directory and from the register."""

from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.models import Commune
from events.enums import GroupSource
from events.models import Guest, Meeting
from registry.enums import BodyLevel, CardStanding, Kind, Post
from registry.models import Craft, Mandate, Registrant

# What one hall and one click may hold; a larger choice is narrowed by commune or craft.
MOST_PEOPLE = 5000


def guests(meeting: Meeting, criteria: dict[str, Any]) -> QuerySet[Guest]:
    """Guests of one category in the meeting's region, in the order of the directory."""
    category = criteria.get("category", "")
    found = Guest.objects.active().filter(category=category, region_id=meeting.region_id)
    return found.select_related("institution").order_by("pk")


def registrants(meeting: Meeting, source: GroupSource, criteria: dict[str, Any]) -> QuerySet[Registrant]:
    """People of the register in the meeting's region, by name.

    Args:
        criteria: for artisans `commune` (its code), `craft` (its key), `uncollected` (True: a card that is
            made and waits); for presidents of craft bodies `level`.
    """
    people = Registrant.objects.registered().filter(region_id=meeting.region_id, erased_at__isnull=True)
    if source == GroupSource.BODY_PRESIDENTS:
        day = timezone.localdate(meeting.starts_at)
        mandates = Mandate.objects.in_force(day).filter(
            post=Post.PRESIDENT,
            body__region_id=meeting.region_id,
            body__level=criteria.get("level") or BodyLevel.PROVINCIAL,
        )
        people = people.filter(pk__in=mandates.values("registrant_id"))
    else:
        people = people.filter(kind__in=(Kind.ARTISAN, Kind.MASTER_ARTISAN))
        if criteria.get("commune"):
            people = people.filter(commune_id=criteria["commune"])
        if criteria.get("craft"):
            people = people.filter(craft_links__craft_id=criteria["craft"]).distinct()
        if criteria.get("uncollected"):
            people = people.filter(card_standing=CardStanding.MADE)
    return people.order_by("family_name_ar", "given_name_ar", "pk")


def count_people(meeting: Meeting, source: GroupSource, criteria: dict[str, Any]) -> int:
    """How many the group has, invited already or not; two entries of the directory may be one person."""
    if source == GroupSource.DIRECTORY:
        person = Coalesce("registrant_id", -F("pk"))
        return guests(meeting, criteria).aggregate(found=Count(person, distinct=True))["found"]
    return registrants(meeting, source, criteria).count()


def same_function(guest: Guest, region_id: str) -> Guest | None:
    """Who is invited for this function in a region: the same guest, their counterpart there, or nobody."""
    if guest.region_id in (None, region_id):
        return guest
    there = Guest.objects.active().filter(region_id=region_id, title_ar=guest.title_ar)
    return there.filter(category=guest.category).order_by("pk").first()


def in_words(criteria: dict[str, Any]) -> list[str]:
    """What a group was filtered by, for its line on the page."""
    words = []
    if criteria.get("commune"):
        words += [str(place) for place in Commune.objects.filter(pk=criteria["commune"])]
    if criteria.get("craft"):
        words += [str(craft) for craft in Craft.objects.filter(pk=criteria["craft"])]
    return words
