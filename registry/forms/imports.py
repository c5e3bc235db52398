"""Forms of an import: the file, what its columns are and what may be written."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.tables.reading import kind_of
from core.tables.storing import on_disk
from registry.enums import NewPeople
from registry.imports.columns import BY_FIELD, COLUMNS, UPDATABLE, letter
from registry.models import ImportJob


class ImportFileForm(forms.Form):
    """The file to bring in, looked at before it is taken."""

    file = forms.FileField(
        label=_("Computer file"),
        help_text=_("XLSX, ODS or CSV, one row a person, headings in the first row."),
        widget=forms.FileInput(
            attrs={
                "accept": ".xlsx,.ods,.csv,.txt,text/csv,application/vnd.oasis.opendocument.spreadsheet,"
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise ValidationError(
                _("The file is too large: at most %(megabytes)s MB."),
                code="file_too_large",
                params={"megabytes": settings.IMPORT_MAX_BYTES // (1024 * 1024)},
            )
        with on_disk(file) as path:
            kind_of(path)
        return file


class ColumnsForm(forms.Form):
    """Column by column what it is, as the machine proposes it; then what may be written."""

    new_people = forms.ChoiceField(
        label=_("People who are not on file"), choices=NewPeople, widget=forms.RadioSelect
    )
    consent_collected = forms.BooleanField(
        label=_("The consequences were explained to these people, who agreed on paper"),
        help_text=_("Otherwise their applications are kept as drafts."),
        required=False,
    )
    update_fields = forms.MultipleChoiceField(
        label=_("Columns that may change people who are on file"),
        help_text=_("Choose none to change nobody."),
        choices=[(name, BY_FIELD[name].label) for name in UPDATABLE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    erase_blanks = forms.BooleanField(
        label=_("An empty cell erases what is on file"),
        help_text=_("E-mail, address and further crafts only. Otherwise an empty cell changes nothing."),
        required=False,
    )

    def __init__(self, *args, job: ImportJob, **kwargs):
        self.job = job
        super().__init__(*args, **kwargs)
        proposed = {position: field for field, position in job.mapping.items()}
        choices = [("", _("Not used")), *((column.field, column.label) for column in COLUMNS)]
        self.columns: list[str] = []
        for position, heading in enumerate(job.header):
            name = f"column_{position}"
            self.fields[name] = forms.ChoiceField(
                label=_("Column %(letter)s: %(heading)s")
                % {"letter": self.letter(position), "heading": heading or _("(no heading)")},
                choices=choices,
                initial=proposed.get(position, ""),
                required=False,
            )
            self.columns.append(name)
        self.fields["new_people"].initial = job.new_people
        self.fields["update_fields"].initial = job.update_fields
        self.fields["erase_blanks"].initial = job.erase_blanks
        self.fields["consent_collected"].initial = job.consent_collected

    def letter(self, position: int) -> str:
        return letter(self.job.found.get("first_column", 0) + position)

    def clean(self):
        cleaned = super().clean()
        self.mapping: dict[str, int] = {}
        for position, name in enumerate(self.columns):
            field = cleaned.get(name)
            if not field:
                continue
            if field in self.mapping:
                self.add_error(name, _("Another column is this one already."))
            self.mapping.setdefault(field, position)
        if not {"nia", "national_id"} & self.mapping.keys():
            raise ValidationError(
                _("One column must hold the registration number or the identity number."), code="no_key"
            )
        return cleaned

    def proposals(self) -> list[dict]:
        """Each column with its field and its first values, for the page."""
        return [
            {
                "field": self[name],
                "letter": self.letter(position),
                "heading": self.job.header[position],
                "samples": [
                    cells[position] for cells in self.job.samples if position < len(cells) and cells[position]
                ],
            }
            for position, name in enumerate(self.columns)
        ]
