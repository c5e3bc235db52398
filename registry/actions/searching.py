"""What readers leave behind when they search: their own, so that no audit row tells of it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.models import User
from registry.models import SavedFilter, SearchText

# As long as a link to a search may be sent to a colleague and still opens; then the text is forgotten.
DAYS_KEPT = 30
MOST_SAVED = 50


@transaction.atomic
def keep_search_text(*, text: str, by: User) -> SearchText:
    """Give the text a token for the address; whoever searches the same again gets the same."""
    limit = timezone.now() - timedelta(days=DAYS_KEPT)
    SearchText.objects.filter(created_at__lt=limit, saved_filters__isnull=True).delete()
    kept = SearchText.objects.filter(typed_by=by, text=text).first()
    return kept or SearchText.objects.create(typed_by=by, text=text)


@transaction.atomic
def save_filter(
    *, name: str, query: dict[str, list[str]], search_text: SearchText | None, by: User
) -> SavedFilter:
    """Keep a list under a name; the same name again replaces it.

    Raises:
        ActionRefused: the account keeps as many as it may.
    """
    User.objects.select_for_update().get(pk=by.pk)
    others = SavedFilter.objects.filter(owner=by).exclude(name=name)
    if others.count() >= MOST_SAVED:
        raise ActionRefused(_("You have %(most)s saved lists: remove one first.") % {"most": MOST_SAVED})
    saved, _created = SavedFilter.objects.update_or_create(
        owner=by, name=name, defaults={"query": query, "search_text": search_text}
    )
    return saved


@transaction.atomic
def remove_filter(*, saved_filter: SavedFilter, by: User) -> None:
    """Forget a list; only its owner has it."""
    SavedFilter.objects.filter(pk=saved_filter.pk, owner=by).delete()
