"""A new version of the list of crafts, and what becomes of one old craft."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.craft_files import FileError, ReadList, read_craft_file
from registry.fields import ArabicNameField, LatinNameField
from registry.models import Craft, CraftMapping

_SIGNS = " -'’.,،()/0123456789"


class CraftListForm(forms.Form):
    """A file with its names; what is wrong inside the file stands in `file_errors`, by line and column."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, XLSX or ODS, 2 MB at the most; the first line names the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )
    name_ar = ArabicNameField(
        label=_("Name of the list in Arabic"),
        max_length=120,
        signs=_SIGNS,
        help_text=_("With its year, so that it is told from the others."),
    )
    name_fr = LatinNameField(label=_("Name of the list in French"), max_length=120, signs=_SIGNS)
    standing = forms.ChoiceField(
        label=_("What this list is"),
        choices=[
            ("working", _("A working list, not official")),
            ("official", _("The official list, as the ministry published it")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.file_errors: list[FileError] = []

    def clean_file(self) -> ReadList:
        read = read_craft_file(self.cleaned_data["file"])
        if read.errors:
            self.file_errors = read.errors
            message = _("Nothing was taken over: correct the cells that the table names.")
            raise ValidationError(message, code="cells")
        return read


class MappingForm(forms.Form):
    """One old craft: one of the likeliest, any other of the new list, or none."""

    GONE = "gone"
    OTHER = "other"

    choice = forms.ChoiceField(label=_("In the new list it is"), widget=forms.RadioSelect)
    other = forms.ModelChoiceField(label=_("Another craft"), queryset=Craft.objects.none(), required=False)

    def __init__(self, *args, mapping: CraftMapping, likely: list[Craft], crafts: list[Craft], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [
            *((str(craft.pk), f"{craft.name} · {craft.code} · {craft.branch.name}") for craft in likely),
            (self.OTHER, _("Another craft, chosen below")),
            (self.GONE, _("None: it no longer exists, its registrants are asked")),
        ]
        groups: dict[str, list] = {}
        for craft in crafts:
            groups.setdefault(craft.branch.name, []).append((craft.pk, f"{craft.name} · {craft.code}"))
        self.fields["other"].queryset = Craft.objects.of(mapping.change.to_list)
        self.fields["other"].widget.choices = [("", "---------"), *groups.items()]
        self._choose(mapping, likely)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("choice") == self.OTHER and not cleaned.get("other") and "other" not in self.errors:
            self.add_error("other", _("Choose a craft of the new list."))
        return cleaned

    def craft(self) -> Craft | None:
        """What was chosen; None: it no longer exists."""
        choice = self.cleaned_data["choice"]
        if choice == self.GONE:
            return None
        if choice == self.OTHER:
            return self.cleaned_data["other"]
        return self.fields["other"].queryset.get(pk=choice)

    def _choose(self, mapping: CraftMapping, likely: list[Craft]) -> None:
        if mapping.to_craft_id is None:
            if mapping.verdict == "gone":
                self.fields["choice"].initial = self.GONE
        elif mapping.to_craft in likely:
            self.fields["choice"].initial = str(mapping.to_craft_id)
        else:
            self.fields["choice"].initial = self.OTHER
            self.fields["other"].initial = mapping.to_craft_id
