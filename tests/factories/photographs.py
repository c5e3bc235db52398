"""Archives of photographs."""

import io
import zipfile

from django.core.files.base import ContentFile

from registry.actions.photographs import receive_photographs
from registry.models import PhotographsJob
from tests.factories.registry import drawn_portrait


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def sent(by, *names: str, content: bytes | None = None, **options) -> PhotographsJob:
    """An archive of the same good photograph under these names, taken and not yet worked on."""
    content = zipped(dict.fromkeys(names, drawn_portrait())) if content is None else content
    options = {"replace": False, "accepted_by_eye": False} | options
    return receive_photographs(
        file=ContentFile(content), name="photos.zip", total=len(names), by=by, **options
    )
