"""A search as a condition on rows: on registrants, or on what belongs to them."""

from django.db.models import Q

from core.arabic import fold
from registry.search.names import names_like
from registry.search.people import NAME_COLUMNS


def named(text: str, *, of: str = "") -> Q:
    """Bearers of a name with all these words; `of` is the path to the registrant, such as `registrant__`.

    Words may come in any order and either script, the last of them unfinished. Only where nobody has such a
    name, one mistake is overlooked.
    """
    names = names_like(fold(text).split(), unfinished=not text.endswith(" "), drop_words=False)
    wanted = [name for name in names if name.is_sure] or names
    found = Q(pk__in=[])
    for side, column in enumerate(NAME_COLUMNS):
        if keys := [name.key for name in wanted if name.side == side]:
            found |= Q(**{f"{of}search_entry__{column}__in": keys})
    return found
