"""What a list is taken out as."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.enums import ExportFormat
from registry.exports.lists import ExportedList
from registry.exports.writing import MOST_PDF_COLUMNS


class ExportForm(forms.Form):
    """Format and columns; the list comes along as its address has it."""

    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    format = forms.ChoiceField(
        label=_("Format"), choices=ExportFormat, initial=ExportFormat.XLSX, widget=forms.RadioSelect
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one column.")},
    )

    def __init__(self, *args, asked: ExportedList, count: int, **kwargs):
        self.count = count
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = [(column.key, column.label) for column in asked.columns.values()]
        self.fields["format"].help_text = _(
            "A PDF holds at most %(rows)s entries and %(columns)s columns."
        ) % {"rows": settings.EXPORT_PDF_MOST_ROWS, "columns": MOST_PDF_COLUMNS}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("format") == ExportFormat.PDF:
            if self.count > settings.EXPORT_PDF_MOST_ROWS:
                self.add_error(
                    "format",
                    ValidationError(
                        _("This list is too long for a PDF: narrow it, or take XLSX or CSV."), code="too_long"
                    ),
                )
            if len(cleaned.get("columns", [])) > MOST_PDF_COLUMNS:
                self.add_error(
                    "columns",
                    ValidationError(
                        _("A PDF has room for %(most)s columns at most."),
                        code="too_wide",
                        params={"most": MOST_PDF_COLUMNS},
                    ),
                )
        return cleaned
