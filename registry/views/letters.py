"""Letters as PDFs: made from what they say, for those who may see the file and for their addressee."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.media import serve_made
from core.permissions import requires
from core.roles import Permission
from registry.actions import record_letter_reading
from registry.letters import letter_pdf
from registry.models import Letter


@requires(Permission.VIEW_REGISTER)
@require_safe
def letter(request: HttpRequest, pk: int, language: str) -> HttpResponseBase:
    found = get_object_or_404(Letter.objects.visible_to(request.user).select_related("registrant"), pk=pk)
    record_letter_reading(letter=found, by=request.user)
    return _served(found, language)


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_letter(request: HttpRequest, pk: int, language: str) -> HttpResponseBase:
    return _served(get_object_or_404(Letter, pk=pk, registrant__user=request.user), language)


def _served(found: Letter, language: str) -> HttpResponseBase:
    return serve_made(
        letter_pdf(found, language),
        content_type="application/pdf",
        filename=f"{found.reference.replace('/', '-')}-{language}.pdf",
    )
