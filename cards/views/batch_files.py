"""Files of a batch: asked for, watched while they are made, downloaded; its manifest; its contact sheet."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh
from pypdfium2 import PdfiumError

from cards import batches
from cards.actions import ask_for_file, give_up_file, record_file_download, retry_file
from cards.card_design.boxes import Side
from cards.enums import PRINTABLE_STATES, FileLayout, FileState
from cards.forms_printing import FileForm
from cards.models import BatchFile, CardBatch
from cards.preview import printed_webp
from cards.printing import files
from cards.printing.manifest import download_name, entries_of, manifest
from cards.printing.positions import in_words
from cards.views.attempts import attempt
from cards.views.batch_tabs import found_batch, tabs
from core import background
from core.exceptions import ActionRefused
from core.media import serve_made, serve_protected
from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import CSV_TYPE

FILES_SHOWN = 50
CARDS_A_CONTACT_PAGE = 24


@requires(Permission.MAKE_CARDS)
def batch_files(request: HttpRequest, pk: int) -> HttpResponse:
    """What was made of the batch, and a form for more. A package's passphrase is in this answer alone."""
    found = _made(request, pk)
    first = request.GET.get("first", "")
    initial = {
        "layout": FileLayout.CARDS,
        "first": first if first.isdecimal() else 1,
        "only_unprinted": "unprinted" in request.GET,
    }
    form = FileForm(request.POST or None, batch=found, initial=initial)
    passphrase = ""
    if request.method == "POST" and form.is_valid():
        try:
            _file, passphrase = ask_for_file(batch=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if not passphrase:
                return redirect("cards:batch_files", pk=pk)
            form = FileForm(batch=found, initial=initial)
    shown = found.files.exclude(state=FileState.CANCELLED).select_related("printer", "created_by")
    context = {
        "batch": found,
        "tabs": tabs(request, found, "files"),
        "form": form,
        "passphrase": passphrase,
        "files": [_shown(file) for file in shown[:FILES_SHOWN]],
        "size": found.file.size if found.file.storage.exists(found.file.name) else None,
    }
    response = render(request, "cards/batch_files.html", context, status=422 if form.errors else 200)
    if passphrase:
        response["Cache-Control"] = "no-store"
    return response


@requires(Permission.MAKE_CARDS)
@require_safe
def file_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one file is; one that nobody works on is taken up again."""
    file = _file(request, pk)
    if file.state != FileState.PENDING or file.last_error:
        return HttpResponseClientRefresh()
    background.look_after(f"file-{file.pk}", lambda: files.resume(file.batch_id))
    return render(request, "cards/_file_progress.html", {"item": _shown(file)})


@requires(Permission.MAKE_CARDS)
@require_safe
def file_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file; that it was taken, and by whom, is kept."""
    file = _file(request, pk)
    if file.state != FileState.MADE:
        raise Http404
    kind = "application/zip" if file.layout == FileLayout.PACKAGE else "application/pdf"
    response = serve_protected(file.file, content_type=kind, filename=download_name(file), inline=False)
    record_file_download(file=file, by=request.user)
    return response


@requires(Permission.MAKE_CARDS)
@require_POST
def file_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    attempt(request, lambda: give_up_file(file=file, by=request.user), _("The file is removed."))
    return redirect("cards:batch_files", pk=file.batch_id)


@requires(Permission.MAKE_CARDS)
@require_POST
def file_retry(request: HttpRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    attempt(request, lambda: retry_file(file=file, by=request.user), _("The file is being made again."))
    return redirect("cards:batch_files", pk=file.batch_id)


@requires(Permission.MAKE_CARDS)
@require_safe
def batch_manifest(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every file of the batch with its SHA-256."""
    found = _made(request, pk)
    try:
        content = manifest(entries_of(found)).encode()
    except FileNotFoundError as error:
        raise Http404 from error
    return serve_made(content, content_type=CSV_TYPE, filename=f"manifest-{found.pk}.csv", inline=False)


@requires(Permission.VIEW_CARDS)
@require_safe
def batch_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The batch as it will be printed, card by card."""
    found = _made(request, pk)
    cards = found.cards.not_left_out().in_print_order().select_related("registrant")
    context = {
        "batch": found,
        "tabs": tabs(request, found, "contact"),
        "page": Paginator(cards, CARDS_A_CONTACT_PAGE).get_page(request.GET.get("page")),
        "side": Side.BACK.value if request.GET.get("side") == Side.BACK else Side.FRONT.value,
        "can_make": request.user.can(Permission.MAKE_CARDS),
    }
    return render(request, "cards/batch_contact.html", context)


@requires(Permission.VIEW_CARDS)
@require_safe
def batch_picture(request: HttpRequest, pk: int, position: int, side: str) -> HttpResponse:
    """One side of one card, out of the very file that the printer gets."""
    found = _made(request, pk)
    if side not in set(Side) or not 1 <= position <= found.cards_total:
        raise Http404
    try:
        content = printed_webp(found, position, Side(side))
    except (FileNotFoundError, PdfiumError) as error:
        raise Http404 from error
    return HttpResponse(content, content_type="image/webp", headers={"Cache-Control": "private, no-store"})


def _made(request: HttpRequest, pk: int) -> CardBatch:
    found = found_batch(request, pk)
    if found.state not in PRINTABLE_STATES:
        raise Http404
    return found


def _file(request: HttpRequest, pk: int) -> BatchFile:
    visible = BatchFile.objects.visible_to(request.user).select_related("batch", "printer", "created_by")
    return get_object_or_404(visible, pk=pk)


def _shown(file: BatchFile) -> dict:
    return {
        "file": file,
        "cards": in_words(file.ranges[:5]) + ("…" if len(file.ranges) > 5 else ""),
        "progress": files.progress(file) if file.state == FileState.PENDING else None,
        "error": batches.error_words(file) if file.last_error else "",
    }
