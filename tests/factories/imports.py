"""Files of invented people, and imports of them."""

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import xlsxwriter
from django.core.files.base import ContentFile

from core.roles import Role
from registry.actions.imports import apply_import, choose_columns, receive_import
from registry.enums import ImportState, NewPeople
from registry.imports import work
from registry.imports.columns import UPDATABLE
from registry.models import ImportJob
from tests.factories.core import UserFactory

HEADER = (
    "NIA",
    "CIN",
    "Nom (arabe)",
    "Prénom (arabe)",
    "Nom",
    "Prénom",
    "Sexe",
    "Date de naissance",
    "Téléphone",
    "Commune",
    "Métier",
    "Qualification",
    "Diplôme",
    "Années d'exercice",
)


def person(number: int, **changed: str) -> list[str]:
    """One row under HEADER; `changed` by the heading's place: `nia="..."`."""
    fields = {
        "nia": f"11-{number:06d}-0",
        "cin": f"ZX{100000 + number}",
        "family_ar": "التجريبي",
        "given_ar": "محمد",
        "family": "Tajribi",
        "given": "Mohamed",
        "gender": "homme",
        "born": f"{1 + number % 28:02d}/{1 + number % 12:02d}/{1950 + number % 50}",
        "phone": f"06{61000000 + number:08d}",
        "commune": "11.321.01.03",
        "craft": "P01-01",
        "proof": "attestation",
        "title": "جمعية حرفية",
        "years": "12",
    }
    assert changed.keys() <= fields.keys()
    return list((fields | changed).values())


def csv_bytes(rows: Sequence[Sequence[str]], *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_bytes(rows: Sequence[Sequence]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Registre")
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(number, place, value)
    return out.getvalue()


def ods_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """The least that is an OpenDocument spreadsheet."""
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0"'
        f' xmlns:text="{names}text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Registre">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/"'
        ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "mimetype", "application/vnd.oasis.opendocument.spreadsheet", compress_type=zipfile.ZIP_STORED
        )
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def director(**more):
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,), **more)


def received(rows: Sequence[Sequence[str]], *, by=None, content: bytes | None = None) -> ImportJob:
    """An import that was read and waits for its columns."""
    job = receive_import(
        file=ContentFile(content or csv_bytes([HEADER, *rows]), name="liste.csv"),
        name="liste.csv",
        by=by or director(),
    )
    work.work_on(job.pk)
    job.refresh_from_db()
    return job


def checked(
    rows: Sequence[Sequence[str]],
    *,
    by=None,
    update: Sequence[str] = UPDATABLE,
    content: bytes | None = None,
    **options,
) -> ImportJob:
    """An import after its dry run, with the columns that the machine proposed."""
    job = received(rows, by=by, content=content)
    assert job.state == ImportState.COLUMNS, job.found
    options = {
        "new_people": NewPeople.APPLICATIONS,
        "erase_blanks": False,
        "consent_collected": True,
    } | options
    choose_columns(job=job, mapping=job.mapping, update_fields=update, by=job.created_by, **options)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert job.state == ImportState.CHECKED, job.last_error
    return job


def applied(rows: Sequence[Sequence[str]], **options) -> ImportJob:
    """An import that was entered, by somebody else than who sent it."""
    job = checked(rows, **options)
    apply_import(job=job, by=director(region=job.region_id or "11"))
    work.work_on(job.pk)
    job.refresh_from_db()
    assert job.state == ImportState.APPLIED, job.last_error
    return job
