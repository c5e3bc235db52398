"""What is half-typed, by age: drafts of the counter, and applications that were never handed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from core.models import User
from registry.models import Application, ApplicationDraft

# What stands in the list of each: which of the two it is, its key as text, and since when.
Place = tuple[str, str, datetime]


@dataclass(frozen=True)
class HalfTyped:
    name: str
    url: str
    begun_at: datetime
    saved_by: User
    saved_at: datetime


def half_typed(user: User) -> QuerySet:
    """The places of all that `user` may go on with, the oldest first."""
    of_counter, opened = (
        rows.order_by()
        .annotate(what=Value(what), number=Cast("pk", CharField()))
        .values_list("what", "number", "entered_at")
        for what, rows in (
            ("draft", ApplicationDraft.objects.visible_to(user).of_new_people()),
            ("application", Application.objects.visible_to(user).drafts()),
        )
    )
    return of_counter.union(opened, all=True).order_by("entered_at", "number")


def lines_of(places: Iterable[Place]) -> list[HalfTyped]:
    """What stands at these places, in two queries; what has been handed in meanwhile is left out."""
    places = list(places)
    keys = {what: [key for kind, key, _moment in places if kind == what] for what in ("draft", "application")}
    drafts = ApplicationDraft.objects.of_new_people().filter(key__in=keys["draft"])
    found = {
        ("draft", str(one.key)): HalfTyped(
            one.name,
            reverse("registry:draft", args=[one.key]),
            one.entered_at,
            one.saved_by,
            one.saved_at,
        )
        for one in drafts.select_related("saved_by")
    }
    opened = Application.objects.drafts().filter(pk__in=keys["application"])
    found |= {
        ("application", str(one.pk)): HalfTyped(
            one.registrant.name,
            reverse("registry:application_edit", args=[one.pk]),
            one.entered_at,
            one.entered_by,
            one.entered_at,
        )
        for one in opened.select_related("registrant", "entered_by")
    }
    return [found[kind, key] for kind, key, _moment in places if (kind, key) in found]
