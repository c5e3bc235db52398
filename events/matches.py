"""Whom a typed name may mean at a meeting: those invited first, then those of the region's register."""

from dataclasses import dataclass

from core.arabic import clean, fold
from events.models import CheckIn, CheckInList
from registry.models import Registrant

MOST = 8


@dataclass(frozen=True)
class Match:
    """One person to choose; `field` and `value` are what the page sends."""

    field: str
    value: int
    name: str
    other_name: str
    detail: str
    is_in: bool


def is_name(text: str) -> bool:
    """Whether somebody typed a name: letters and spaces, no number and no address."""
    typed = clean(text)
    return (
        len(typed) > 1
        and any(char.isalpha() for char in typed)
        and not any(char.isdigit() or char in "/:" for char in typed)
        and max(map(len, typed.split())) < 32
    )


def people_named(text: str, at: CheckInList) -> list[Match]:
    """At most MOST people, in a fixed number of queries."""
    words = fold(text).split()
    named = at.meeting.invitations.standing().named().with_people()
    guests = [one for one in named if _has(one, words)][:MOST]
    of_register = Registrant.objects.registered().filter(region_id=at.meeting.region_id).search(text)
    people = list(of_register.select_related("commune")[:MOST])
    here = CheckIn.objects.standing().filter(list=at)
    in_by_invitation = set(here.filter(invitation__in=guests).values_list("invitation", flat=True))
    in_by_entry = set(here.filter(registrant__in=people).values_list("registrant", flat=True))
    found = [
        Match(
            "invitation",
            one.pk,
            str(one),
            one.title if one.name else "",
            one.institution_name,
            one.pk in in_by_invitation,
        )
        for one in guests
    ]
    known = {one.registrant_id for one in guests}
    found += [_of_register(one, is_in=one.pk in in_by_entry) for one in people if one.pk not in known]
    return found[:MOST]


def with_phone(phone: str, at: CheckInList) -> list[Match]:
    """People of the region's register who have this telephone: they need not be written down anew."""
    if not phone:
        return []
    people = Registrant.objects.registered().filter(region_id=at.meeting.region_id, phone=phone)
    return [_of_register(one, is_in=False) for one in people.select_related("commune")[:MOST]]


def _of_register(person: Registrant, *, is_in: bool) -> Match:
    detail = f"{person.nia} · {person.commune.name}"
    return Match("registrant", person.pk, person.name, person.other_name, detail, is_in)


def _has(invitation, words: list[str]) -> bool:
    """Whether each word begins a word of the guest's name, function or institution."""
    said = " ".join(
        filter(
            None,
            (
                invitation.name_ar,
                invitation.name_fr,
                invitation.title_ar,
                invitation.title_fr,
                invitation.institution.name_ar if invitation.institution else "",
                invitation.institution.name_fr if invitation.institution else "",
            ),
        )
    )
    known = fold(said).split()
    return all(any(one.startswith(word) for one in known) for word in words)
