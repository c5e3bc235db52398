"""Scans looked at in the page, added to a file, removed from it.

They show identity numbers whole, and so open only for those whose task needs them.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions import add_document, record_document_reading, remove_document
from registry.forms import DocumentForm
from registry.models import Document, Registrant
from registry.scan_pages import page_count, page_jpeg

PDF = "application/pdf"


@requires(Permission.SEE_IDENTITY_NUMBERS)
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """A scan in the page: pictures of a PDF's pages, which every telephone can show."""
    scanned = _document(request, pk)
    pages = range(1, page_count(scanned) + 1) if scanned.content_type == PDF else ()
    context = {
        "document": scanned,
        "registrant": scanned.registrant,
        "pages": pages,
        "can_register": request.user.can(Permission.REGISTER_ARTISAN),
    }
    return render(request, "registry/document.html", context)


@requires(Permission.SEE_IDENTITY_NUMBERS)
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page of a PDF as a picture; that it was read is recorded as for the file itself."""
    scanned = _document(request, pk)
    if scanned.content_type != PDF or not 1 <= number <= page_count(scanned):
        raise Http404
    record_document_reading(document=scanned, by=request.user)
    response = HttpResponse(page_jpeg(scanned, number), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Permission.REGISTER_ARTISAN)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a document of any kind into a file."""
    registrant = get_object_or_404(Registrant.objects.visible_to(request.user), pk=pk)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        add_document(registrant=registrant, scanned=form.data_for_action(), by=request.user)
        messages.success(request, _("The document is in the file."))
        return redirect("registry:detail", pk=registrant.pk)
    return render(request, "registry/document_add.html", {"registrant": registrant, "form": form})


@require_POST
@requires(Permission.REGISTER_ARTISAN)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document out of a file, with a reason."""
    scanned = _document(request, pk)
    try:
        remove_document(document=scanned, reason=request.POST.get("reason", "")[:500], by=request.user)
        messages.success(request, _("The document is removed."))
    except ActionRefused as error:
        messages.error(request, str(error))
        return redirect("registry:document_view", pk=scanned.pk)
    return redirect("registry:detail", pk=scanned.registrant_id)


def _document(request: HttpRequest, pk: int) -> Document:
    return get_object_or_404(Document.objects.visible_to(request.user).select_related("registrant"), pk=pk)
