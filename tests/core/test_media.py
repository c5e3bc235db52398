"""Protected files: shown to whoever the view let in, kept by nobody in between."""

import pytest
from csp.middleware import CSPMiddleware
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.http import Http404
from django.test import RequestFactory

from core.media import serve_protected

# Closing a response ends a request, and that looks at the database connections.
pytestmark = pytest.mark.django_db


def stored(name: str, data: bytes = b"data") -> FieldFile:
    return FieldFile(None, FileField(), default_storage.save(name, ContentFile(data)))


def test_picture_is_shown_and_not_kept():
    response = serve_protected(stored("photographs/a.jpg", b"pixels"), content_type="image/jpeg")
    assert b"".join(response.streaming_content) == b"pixels"
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'inline; filename="a.jpg"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()


def test_own_policy_is_not_replaced_by_the_pages_policy():
    response = serve_protected(stored("documents/a.pdf"), content_type="application/pdf")
    answered = CSPMiddleware(lambda request: response)(RequestFactory().get("/"))
    policy = answered["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    # Safari shows a PDF in a sandbox as an empty window.
    assert "sandbox" not in policy
    response.close()


@pytest.mark.parametrize(
    ("options", "disposition"),
    [
        ({"content_type": "application/pdf", "inline": False}, 'attachment; filename="a.pdf"'),
        ({"content_type": "text/html"}, 'attachment; filename="a.pdf"'),
        ({"content_type": "application/pdf", "filename": "b.pdf"}, 'inline; filename="b.pdf"'),
        (
            {"content_type": "application/pdf", "filename": "محضر.pdf"},
            "inline; filename*=utf-8''%D9%85%D8%AD%D8%B6%D8%B1.pdf",
        ),
    ],
)
def test_disposition(options, disposition):
    response = serve_protected(stored("documents/a.pdf"), **options)
    assert response["Content-Disposition"] == disposition
    response.close()


def test_nginx_sends_the_file_where_it_can(settings):
    settings.MEDIA_ACCEL_LOCATION = "/protected/"
    response = serve_protected(stored("documents/a b.pdf"), content_type="application/pdf")
    assert response["X-Accel-Redirect"].startswith("/protected/documents/a")
    assert " " not in response["X-Accel-Redirect"]
    assert response.content == b""
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("location", ["", "/protected/"])
def test_missing_file_is_not_found(settings, location):
    settings.MEDIA_ACCEL_LOCATION = location
    gone = stored("documents/gone.pdf")
    default_storage.delete(gone.name)
    for field in (gone, FieldFile(None, FileField(), "")):
        with pytest.raises(Http404):
            serve_protected(field, content_type="application/pdf")
