"""Batches: the list, one batch while it is made and when it is ready, its file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from cards import actions, batches
from cards.enums import CANCELLABLE_STATES, PRINTABLE_STATES, UNFINISHED_STATES, BatchState
from cards.models import CardBatch
from cards.overflow import overflow_report
from cards.views.attempts import attempt
from cards.views.batch_tabs import found_batch, tabs
from core import background
from core.background import time_left
from core.media import serve_protected
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission

PAGE_SIZE = 25
CARDS_SHOWN = 50
HISTORY_SIZE = 50
FAILED_SHOWN = 20
_LISTED = (BatchState.HELD, BatchState.RUNNING, BatchState.MADE, BatchState.CLOSED)


@requires(Permission.VIEW_CARDS)
def batch_list(request: HttpRequest) -> HttpResponse:
    """Every batch, or those in one state; the address says which."""
    state = request.GET.get("state", "")
    found = CardBatch.objects.visible_to(request.user).select_related("region", "created_by")
    if state in BatchState.values:
        found = found.filter(state=state)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    states = [("", _("All")), *((shown.value, shown.label) for shown in _LISTED)]
    states[_LISTED.index(BatchState.MADE) + 1] = (BatchState.MADE.value, _("To print or to close"))
    context = {
        "page": page,
        "states": [
            {"label": label, "url": f"?state={value}" if value else "?", "active": value == state}
            for value, label in states
        ],
        "can_make": request.user.can(Permission.MAKE_CARDS),
    }
    return render(request, "cards/batches.html", context)


@requires(Permission.VIEW_CARDS)
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch; without scripts the page is loaded again to see how far it is."""
    found = found_batch(request, pk)
    part = "overflow" if request.GET.get("part") == "overflow" else "cards"
    can_make = request.user.can(Permission.MAKE_CARDS)
    cards = found.cards.in_print_order()
    if part == "overflow":
        # A cut text before one that is only smaller.
        cards = cards.misfits().order_by("fitting", "position")
    else:
        cards = cards.select_related("registrant__commune")
    page = Paginator(cards, CARDS_SHOWN).get_page(request.GET.get("page"))
    printing_began = found.good or found.spoiled
    context = {
        "batch": found,
        "part": part,
        "tabs": tabs(request, found, part),
        "page": page,
        "overflow": overflow_report(page) if part == "overflow" else [],
        "cut_count": 0 if printing_began else found.cards.cut().count(),
        "can_mend": can_make and not printing_began and found.state != BatchState.CANCELLED,
        "failed_chunks": _failed_chunks(found),
        "printable": found.state in PRINTABLE_STATES,
        "cancellable": found.state in CANCELLABLE_STATES and not found.cards.past_printing().exists(),
        "history": AuditEvent.objects.about(found)[:HISTORY_SIZE],
        "can_make": can_make,
        **_progress(found),
    }
    return render(request, "cards/batch.html", context)


def _failed_chunks(found: CardBatch) -> list[dict]:
    """What could not be made and why, each with the card whose fault it is, where it is one card's."""
    chunks = list(found.chunks.exclude(last_error="")[:FAILED_SHOWN])
    serials = {chunk.pk: batches.failed_serial(chunk) for chunk in chunks}
    cards = {card.serial: card for card in found.cards.filter(serial__in=filter(None, serials.values()))}
    return [
        {"chunk": chunk, "error": batches.error_words(chunk), "card": cards.get(serials[chunk.pk])}
        for chunk in chunks
    ]


@requires(Permission.VIEW_CARDS)
def batch_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for each second; a batch that nobody works on is taken up again."""
    found = found_batch(request, pk)
    if found.state not in UNFINISHED_STATES or found.last_error:
        return HttpResponseClientRefresh()
    background.look_after(f"batch-{found.pk}", lambda: batches.resume_unfinished(found.pk))
    return render(request, "cards/_progress.html", {"batch": found, **_progress(found)})


@requires(Permission.MAKE_CARDS)
@require_POST
def batch_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_batch(request, pk)
    reason = request.POST.get("reason", "")
    attempt(
        request,
        lambda: actions.cancel_batch(batch=found, reason=reason, by=request.user),
        _("The batch is cancelled. Its people may be put in another one."),
    )
    return redirect("cards:batch", pk=pk)


@requires(Permission.MAKE_CARDS)
@require_POST
def batch_retry(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_batch(request, pk)
    attempt(
        request,
        lambda: actions.retry_batch(batch=found, by=request.user),
        _("The batch goes on where it stopped."),
    )
    return redirect("cards:batch", pk=pk)


@requires(Permission.MAKE_CARDS)
def batch_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF for the printer; that it was taken, and by whom, is kept."""
    found = found_batch(request, pk)
    if found.state not in PRINTABLE_STATES:
        messages.error(request, _("This batch is not made yet."))
        return redirect("cards:batch", pk=pk)
    response = serve_protected(
        found.file, content_type="application/pdf", filename=f"cards-{found.pk}.pdf", inline=False
    )
    actions.record_download(batch=found, by=request.user)
    return response


def _progress(found: CardBatch) -> dict:
    unfinished = found.state in UNFINISHED_STATES
    told = batches.progress(found)
    return {
        "unfinished": unfinished,
        "progress": told,
        "time_left": time_left(told) if unfinished else "",
        "error": batches.error_words(found) if found.last_error else "",
    }
