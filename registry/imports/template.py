"""An empty workbook to fill in: headings in the reader's language and one plainly invented row."""

import io

import xlsxwriter
from django.utils.translation import get_language, gettext

from registry.imports.columns import COLUMNS

# Nobody: identity numbers do not begin with ZZ, and nobody has this telephone's name.
EXAMPLE = {
    "nia": "",
    "national_id": "ZZ123456",
    "family_name_ar": "مثال",
    "given_name_ar": "مثال",
    "family_name_latin": "Exemple",
    "given_name_latin": "Exemple",
    "birth_date": "17/05/1980",
    "phone": "0600000000",
    "email": "exemple@example.org",
    "commune": "11.321.01.03",
    "principal_craft": "P01-01",
    "years_of_exercise": "12",
}


def template_workbook() -> bytes:
    from registry.enums import Gender, Kind, QualificationKind

    example = EXAMPLE | {
        "kind": str(Kind.ARTISAN.label),
        "gender": str(Gender.MALE.label),
        "qualification_kind": str(QualificationKind.ATTESTATION.label),
        "qualification_title": gettext("Example: replace this row"),
        "address": gettext("Example: replace this row"),
    }
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(gettext("Register")[:31])
        if get_language() == "ar":
            sheet.right_to_left()
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        for place, column in enumerate(COLUMNS):
            # Cells are text, so that numbers keep their zeros.
            sheet.set_column(place, place, 18, text)
            sheet.write_string(0, place, str(column.label), heading)
            sheet.write_string(1, place, example.get(column.field, ""), text)
        sheet.freeze_panes(1, 0)
    return out.getvalue()
