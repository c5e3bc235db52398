"""Before a batch is printed: held ones let go, one chunk made again, one card's words taken anew."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cards.actions import refresh_card, release_batch, retry_chunk
from cards.models import BatchChunk, Card
from cards.views.attempts import attempt
from cards.views.batch_tabs import found_batch
from core.permissions import requires
from core.roles import Permission


@requires(Permission.MAKE_CARDS)
@require_POST
def batch_release(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_batch(request, pk)
    attempt(
        request,
        lambda: release_batch(batch=found, by=request.user),
        _("The cards of the batch are being made."),
    )
    return redirect("cards:batch", pk=pk)


@requires(Permission.MAKE_CARDS)
@require_POST
def chunk_retry(request: HttpRequest, pk: int) -> HttpResponse:
    chunk = get_object_or_404(BatchChunk.objects.visible_to(request.user), pk=pk)
    attempt(
        request, lambda: retry_chunk(chunk=chunk, by=request.user), _("These cards are being made again.")
    )
    return redirect("cards:batch", pk=chunk.batch_id)


@requires(Permission.MAKE_CARDS)
@require_POST
def card_refresh(request: HttpRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(Card.objects.visible_to(request.user), pk=pk)
    attempt(
        request,
        lambda: refresh_card(card=card, by=request.user),
        _("The card says what the register says now."),
    )
    return redirect(f"{reverse('cards:batch', args=[card.batch_id])}?part=overflow")
