"""Photographs and scans: served only after checking who asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from core.media import serve_protected
from core.permissions import requires
from core.roles import Permission
from registry.actions import record_document_reading
from registry.models import Document, Registrant


@requires(Permission.VIEW_REGISTER)
def photograph(request: HttpRequest, pk: int) -> HttpResponse:
    registrant = get_object_or_404(Registrant.objects.visible_to(request.user), pk=pk)
    return serve_protected(registrant.photograph, content_type="image/jpeg")


@requires(Permission.SEE_IDENTITY_NUMBERS)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Document.objects.visible_to(request.user).select_related("registrant")
    scanned = get_object_or_404(visible, pk=pk)
    record_document_reading(document=scanned, by=request.user)
    return serve_protected(scanned.file, content_type=scanned.content_type)


@requires(Permission.VIEW_OWN_FILE)
def own_photograph(request: HttpRequest) -> HttpResponse:
    registrant = get_object_or_404(Registrant, user=request.user)
    return serve_protected(registrant.photograph, content_type="image/jpeg")
