"""What every page of a batch needs: the batch that the reader may see, and its tabs."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cards.enums import PRINTABLE_STATES
from cards.models import CardBatch
from core.roles import Permission


def found_batch(request: HttpRequest, pk: int) -> CardBatch:
    """The batch, with what its heading shows; 404 where it is another region's."""
    visible = CardBatch.objects.visible_to(request.user).select_related("region", "created_by")
    return get_object_or_404(visible, pk=pk)


def tabs(request: HttpRequest, batch: CardBatch, active: str) -> list[dict]:
    """The parts of a batch; those of printing for whoever makes cards, once there is something to print."""
    page = reverse("cards:batch", args=[batch.pk])
    misfits = batch.cards.misfits().count()
    shown = [
        ("cards", page, _("Cards"), None),
        ("overflow", f"{page}?part=overflow", _("To look at before printing"), misfits),
    ]
    if batch.state in PRINTABLE_STATES:
        shown.append(("contact", reverse("cards:batch_contact", args=[batch.pk]), _("Contact sheet"), None))
        if request.user.can(Permission.MAKE_CARDS):
            shown.append(("files", reverse("cards:batch_files", args=[batch.pk]), _("Files"), None))
            shown.append(("printing", reverse("cards:printing", args=[batch.pk]), _("Printing"), None))
    return [
        {"label": label, "url": url, "active": name == active, "count": count}
        for name, url, label, count in shown
    ]
