"""Lists of people handed over to be made a batch of: a meeting's, or any other that has an order."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cards.models import PersonList
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import Region, User


def hand_in_list(*, title: str, registrant_ids: Iterable[int], region: Region, by: User) -> PersonList:
    """Keep people's keys in the order given, to be composed at `cards:batch_new` with `?list=` its key.

    Raises:
        ActionRefused: nobody is on the list.
    """
    people = list(dict.fromkeys(registrant_ids))
    if not people:
        raise ActionRefused(_("Nobody is on this list."))
    return PersonList.objects.create(region=region, title=clean(title)[:200], people=people, created_by=by)
