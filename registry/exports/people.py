"""Whom an export holds: found once and for all, then read a block at a time."""

from array import array
from collections.abc import Iterator, Sequence

from django.http import QueryDict

from core.models import User
from registry.filters import RegisterFilterForm
from registry.models import Registrant

BLOCK = 1000


def ids_of(query: str, user: User) -> array:
    """The keys of whoever the list shows this reader, in its order. Eight bytes each, whole registers too.

    Raises:
        LookupError: the list names a search whose text is no longer kept: it would show everybody.
    """
    form = RegisterFilterForm(QueryDict(query), user=user)
    if form.is_lost:
        raise LookupError
    people = form.apply(Registrant.objects.visible_to(user))
    order = ("-registered_on", "-pk") if form.filters().by_registration else ("-pk",)
    return array("q", people.order_by(*order).values_list("pk", flat=True).iterator(chunk_size=20_000))


def blocks(ids: Sequence[int], user: User) -> Iterator[list[Registrant]]:
    """The people themselves, without those whom the reader may no longer see."""
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        people = Registrant.objects.visible_to(user).with_list_columns().in_bulk(list(block))
        yield [people[pk] for pk in block if pk in people]
