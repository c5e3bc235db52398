"""One page of the register's list: who is on it, why each was found, and how many there are."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.validators import record_key
from registry.models import FullName, Registrant
from registry.querysets import RegistrantQuerySet
from registry.search.filters import Filters
from registry.search.finding import find
from registry.search.listing import PAGE_SIZE, Count, Listing
from registry.search.names import NameMatch
from registry.search.numbers import numbers_in

_PEOPLE = (FullName.Side.PERSON_AR, FullName.Side.PERSON_LATIN)


@dataclass(slots=True)
class Line:
    """A person of the page; `reason` says what was matched, where a search found them."""

    person: Registrant
    reason: str = ""
    words: frozenset[str] = frozenset()
    # Who represents an organisation, where it was found by that name.
    representative: str = ""


@dataclass(slots=True)
class Results:
    lines: list[Line] = field(default_factory=list)
    count: Count = field(default_factory=lambda: Count(0, is_exact=True))
    previous: str | None = None
    next: str | None = None


def results_of(
    text: str, filters: Filters, *, people: RegistrantQuerySet, after: str = "", before: str = ""
) -> Results:
    """The page of whoever the filters leave, and whom the text names, in the order of the list.

    Args:
        people: whom the reader may see, with what is to be shown of them.
    """
    if text:
        return _numbered(text, filters, people) or _named(text, filters, people, after, before)
    listing = Listing(filters)
    page = listing.page(after=after, before=before)
    lines = [Line(person) for person in _in_order(page.ids, people)]
    return Results(lines, listing.count(), page.previous, page.next)


def _numbered(text: str, filters: Filters, people: RegistrantQuerySet) -> Results | None:
    """Whoever has this number; None where nobody has, so that it is looked for among names."""
    numbers = numbers_in(text)
    if not numbers:
        return None
    found = people.narrowed(filters).with_number(numbers)[:PAGE_SIZE]
    lines = [Line(person, numbers.reason(person)) for person in found]
    return Results(lines, Count(len(lines), is_exact=True)) if lines else None


def _named(text: str, filters: Filters, people: RegistrantQuerySet, after: str, before: str) -> Results:
    found = find(text, filters)
    start = _start(found.ids, after, before)
    ids = found.ids[start : start + PAGE_SIZE]
    lines = [_line(person, found.matches.get(person.pk)) for person in _in_order(ids, people)]
    end = start + len(ids)
    return Results(
        lines,
        Count(len(found.ids), is_exact=not found.has_more),
        str(ids[0]) if ids and start else None,
        str(ids[-1]) if end < len(found.ids) else None,
    )


def _start(ids: list[int], after: str, before: str) -> int:
    """Where the page begins that follows, or precedes, somebody; the beginning for whoever is not there."""
    for cursor, step in ((after, 1), (before, -PAGE_SIZE)):
        if (key := record_key(cursor)) in ids:
            return max(0, ids.index(key) + step)
    return 0


def _in_order(ids: list[int], people: RegistrantQuerySet) -> list[Registrant]:
    found = people.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _line(person: Registrant, match: NameMatch | None) -> Line:
    if match is None:
        return Line(person)
    if match.is_partial:
        reason = _("Some of the words only")
    elif match.is_slip:
        reason = _("One letter differs")
    elif match.is_exact:
        reason = ""
    elif match.is_sure:
        reason = _("Spelt another way")
    else:
        reason = _("Similar name")
    if match.side in (FullName.Side.ORGANISATION_AR, FullName.Side.ORGANISATION_LATIN) and not reason:
        reason = _("Organisation's name")
    by_representative = person.is_organisation and match.side in _PEOPLE
    return Line(person, reason, match.words, person.person_name if by_representative else "")
