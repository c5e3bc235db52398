"""Answering with a protected file, after the view has checked that the person may see it.

Nothing under MEDIA_ROOT has an address of its own. In production the file's bytes are sent by nginx from
the internal location `settings.MEDIA_ACCEL_LOCATION`; elsewhere Django sends them. Of our headers nginx
keeps only type, disposition and cache control on such a redirect: the others stand in its own location too.
"""

from pathlib import PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

# A picture opened on its own is shut in a sandbox. A PDF is not, because Safari then shows an empty window;
# it is denied everything else, and `core.scans` took its scripts out when it was sent.
PICTURE_POLICY = "default-src 'none'; img-src 'self'; frame-ancestors 'none'; sandbox"
PDF_POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'none'; base-uri 'none'"
# Shown in the browser; anything else is only ever downloaded.
SHOWN_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})


def serve_protected(
    file_field: FieldFile, *, content_type: str, filename: str | None = None, inline: bool = True
) -> HttpResponseBase:
    """The stored file as a response that no shared cache keeps and no browser runs.

    Args:
        content_type: what we know the file to be, because we wrote it; never what its sender said.
        filename: what the browser calls it when saved; the stored name when None.
        inline: show it rather than download it. Types that could hold scripts are downloaded regardless.

    Raises:
        Http404: the field is empty or its file is gone.
    """
    if not file_field or not file_field.storage.exists(file_field.name):
        raise Http404
    if settings.MEDIA_ACCEL_LOCATION:
        location = settings.MEDIA_ACCEL_LOCATION.rstrip("/") + "/" + quote(file_field.name)
        response = HttpResponse(headers={"X-Accel-Redirect": location})
    else:
        response = FileResponse(file_field.storage.open(file_field.name, "rb"))
    return _protected(response, content_type, filename or PurePosixPath(file_field.name).name, inline=inline)


def serve_made(content: bytes, *, content_type: str, filename: str, inline: bool = True) -> HttpResponseBase:
    """What was made for this one answer, such as a letter, kept from caches in the same way."""
    return _protected(HttpResponse(content), content_type, filename, inline=inline)


def _protected(
    response: HttpResponseBase, content_type: str, filename: str, *, inline: bool
) -> HttpResponseBase:
    response["Content-Type"] = content_type
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=not inline or content_type not in SHOWN_TYPES,
        filename=filename,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    # The CSP middleware leaves a header that is already there.
    response["Content-Security-Policy"] = PDF_POLICY if content_type == "application/pdf" else PICTURE_POLICY
    return response
