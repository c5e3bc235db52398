"""Batches: the list, one batch while it is made and when it is ready, its file."""

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh
from redis.exceptions import RedisError

from cards import actions, batches
from cards.enums import UNFINISHED_STATES, BatchState
from cards.models import CardBatch
from cards.overflow import overflow_report
from core.background import time_left
from core.exceptions import ActionRefused
from core.media import serve_protected
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission

PAGE_SIZE = 25
CARDS_SHOWN = 50
HISTORY_SIZE = 50
# How often the open pages of a batch may look whether it was forgotten.
LOOK_AFTER_SECONDS = 5


@requires(Permission.VIEW_CARDS)
def batch_list(request: HttpRequest) -> HttpResponse:
    found = CardBatch.objects.visible_to(request.user).select_related("region", "created_by")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "can_make": request.user.can(Permission.MAKE_CARDS)}
    return render(request, "cards/batches.html", context)


@requires(Permission.VIEW_CARDS)
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch; without scripts the page is loaded again to see how far it is."""
    found = _found(request, pk)
    cards = found.cards.in_print_order().select_related("registrant__commune")
    part = "overflow" if request.GET.get("part") == "overflow" else "cards"
    context = {
        "batch": found,
        "part": part,
        "page": Paginator(cards, CARDS_SHOWN).get_page(request.GET.get("page")),
        "overflow": overflow_report(found) if part == "overflow" else [],
        "history": AuditEvent.objects.about(found)[:HISTORY_SIZE],
        "can_make": request.user.can(Permission.MAKE_CARDS),
        **_progress(found),
    }
    return render(request, "cards/batch.html", context)


@requires(Permission.VIEW_CARDS)
def batch_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for each second; a batch that nobody works on is taken up again."""
    found = _found(request, pk)
    if found.state not in UNFINISHED_STATES or found.last_error:
        return HttpResponseClientRefresh()
    _look_after(found)
    return render(request, "cards/_progress.html", {"batch": found, **_progress(found)})


@requires(Permission.MAKE_CARDS)
@require_POST
def batch_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return _done(
        request,
        found,
        lambda: actions.cancel_batch(batch=found, reason=request.POST.get("reason", ""), by=request.user),
        _("The batch is cancelled. Its people may be put in another one."),
    )


@requires(Permission.MAKE_CARDS)
@require_POST
def batch_retry(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return _done(
        request,
        found,
        lambda: actions.retry_batch(batch=found, by=request.user),
        _("The batch goes on where it stopped."),
    )


@requires(Permission.MAKE_CARDS)
def batch_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF for the printer; that it was taken, and by whom, is kept."""
    found = _found(request, pk)
    if found.state != BatchState.MADE:
        messages.error(request, _("This batch is not made yet."))
        return redirect("cards:batch", pk=pk)
    response = serve_protected(
        found.file, content_type="application/pdf", filename=f"cards-{found.pk}.pdf", inline=False
    )
    actions.record_download(batch=found, by=request.user)
    return response


def _found(request: HttpRequest, pk: int) -> CardBatch:
    visible = CardBatch.objects.visible_to(request.user).select_related("region", "created_by")
    return get_object_or_404(visible, pk=pk)


def _done(request: HttpRequest, found: CardBatch, action, success: str) -> HttpResponse:
    try:
        action()
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, success)
    return redirect("cards:batch", pk=found.pk)


def _look_after(found: CardBatch) -> None:
    """Without Redis nothing can be asked for: the page goes on telling how far the batch is."""
    try:
        if cache.add(f"batch-looked-after-{found.pk}", True, LOOK_AFTER_SECONDS):
            batches.resume_unfinished(found.pk)
    except RedisError:
        batches.logger.exception("batch %s could not be looked after", found.pk)


def _progress(found: CardBatch) -> dict:
    unfinished = found.state in UNFINISHED_STATES
    told = batches.progress(found)
    return {
        "unfinished": unfinished,
        "progress": told,
        "time_left": time_left(told) if unfinished else "",
        "error": batches.error_words(found) if found.last_error else "",
    }
