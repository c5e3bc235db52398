"""PDF documents that people send, reduced to what their pages show.

A PDF may run scripts, start programs, carry other files and tell who made it. A scan needs none of that:
its pages are put into a new document that has only their content, and everything else stays behind.
"""

import io
from collections.abc import Iterable

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_PAGES = 20

_PAGE_KEYS = frozenset(["/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"])
# Keys that run something, reach outside the file, or tell who made it and when.
_UNWANTED_KEYS = frozenset(
    [
        "/AA",
        "/AF",
        "/EF",
        "/JS",
        "/JavaScript",
        "/Metadata",
        "/OPI",
        "/OpenAction",
        "/PieceInfo",
        "/Ref",
        "/XFA",
    ]
)
# Under these the keys are names that the page chose for its fonts and pictures, and mean nothing.
_NAMES_UNDER = frozenset(
    ["/CharProcs", "/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Properties", "/Shading", "/XObject"]
)


def clean_pdf(data: bytes) -> bytes:
    """The same pages in a new PDF, without scripts, actions, attached files or metadata.

    Raises:
        ValidationError: codes `pdf_broken`, `pdf_encrypted`, `pdf_too_many_pages`.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as sent:
            _check(sent)
            return _copy_pages(sent)
    except pikepdf.PasswordError as error:
        raise _locked() from error
    except ValidationError:
        raise
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise _broken() from error


def _check(sent: pikepdf.Pdf) -> None:
    if sent.is_encrypted:
        raise _locked()
    if not sent.pages:
        raise _broken()
    if len(sent.pages) > MAX_PAGES:
        raise ValidationError(
            _("The PDF document has too many pages: at most %(pages)s."),
            code="pdf_too_many_pages",
            params={"pages": MAX_PAGES},
        )


def _copy_pages(sent: pikepdf.Pdf) -> bytes:
    # Stamps and typed-in fields become part of the page before their actions go.
    sent.generate_appearance_streams()
    sent.flatten_annotations("screen")
    with pikepdf.new() as clean:
        clean.pages.extend(sent.pages)
        for page in clean.pages:
            for key in set(page.obj.keys()) - _PAGE_KEYS:
                del page.obj[key]
        _remove_unwanted(page.obj for page in clean.pages)
        out = io.BytesIO()
        # Streams are passed on as they are: unpacking what a stranger packed could fill the memory.
        clean.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _remove_unwanted(roots: Iterable[pikepdf.Object]) -> None:
    """Walk everything that can be reached; a loop, so that deep nesting cannot exhaust the stack."""
    waiting = [(root, False) for root in roots]
    seen = set()
    while waiting:
        item, keys_are_names = waiting.pop()
        if item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        if isinstance(item, pikepdf.Array):
            children = [(value, False) for value in item]
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            if not keys_are_names:
                # In a stream, /F names an outside file that holds the data.
                outside = {"/F"} if isinstance(item, pikepdf.Stream) else set()
                for key in (_UNWANTED_KEYS | outside) & set(item.keys()):
                    del item[key]
            children = [(item[key], key in _NAMES_UNDER) for key in item.keys()]  # noqa: SIM118 - no Mapping
        else:
            continue
        waiting += [(value, named) for value, named in children if isinstance(value, pikepdf.Object)]


def _broken() -> ValidationError:
    return ValidationError(_("The PDF document is damaged. Scan it again."), code="pdf_broken")


def _locked() -> ValidationError:
    return ValidationError(
        _("The PDF document is locked with a password. Send it without."), code="pdf_encrypted"
    )
