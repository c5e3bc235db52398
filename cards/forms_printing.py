"""What is asked on the way from a batch to its boxes."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cards.enums import BatchState, Duplex, FileLayout, PrintOutcome, SpoiledBy
from cards.models import CardBatch, CardPrinter
from cards.models.printing import MOST_MOVED_MM
from cards.printing.positions import parse_positions
from cards.printing.rulers import ACROSS_MM, DOWN_MM, FROM_EDGE_MM, Measured
from core.tables.reading import kind_of
from core.tables.storing import on_disk

_NUMBER = {"dir": "ltr", "inputmode": "numeric"}


class FileForm(forms.Form):
    """Which file is to be made of a batch."""

    layout = forms.ChoiceField(label=_("What"), choices=FileLayout, widget=forms.RadioSelect)
    printer = forms.ModelChoiceField(
        label=_("Card printer"),
        required=False,
        queryset=CardPrinter.objects.none(),
        empty_label=_("None: as they are"),
        help_text=_("Pages are moved as its passport says."),
    )
    duplex = forms.ChoiceField(
        label=_("Sheets of A4"),
        choices=Duplex,
        initial=Duplex.LONG_EDGE,
        required=False,
        help_text=_("As the printer turns them. Backs lie mirrored, behind their fronts."),
    )
    first = forms.IntegerField(
        label=_("Go on from card no."),
        min_value=1,
        initial=1,
        widget=forms.TextInput(attrs=_NUMBER),
    )
    only_unprinted = forms.BooleanField(
        label=_("Only cards that did not come out well yet"),
        required=False,
        help_text=_("Spoiled ones are among them."),
    )

    def __init__(self, *args, batch: CardBatch, **kwargs):
        super().__init__(*args, **kwargs)
        self.batch = batch
        if batch.state != BatchState.MADE:
            self.fields["layout"].choices = [
                one for one in FileLayout.choices if one[0] != FileLayout.PACKAGE
            ]
        self.fields["printer"].queryset = CardPrinter.objects.filter(region=batch.region_id, retired=False)

    def clean_first(self) -> int:
        first = self.cleaned_data["first"]
        if first > self.batch.cards_total:
            raise ValidationError(
                _("The cards of this batch have the numbers 1 to %(most)s."),
                code="out_of_range",
                params={"most": self.batch.cards_total},
            )
        return first


class BlanksForm(forms.Form):
    count = forms.IntegerField(
        label=_("Blanks counted in"),
        help_text=_("Added to those before. A minus takes some out again."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )


class StepForm(forms.Form):
    """Cards scanned or typed, and what is said of them."""

    CHECKED, BOXED = "checked", "boxed"

    step = forms.ChoiceField(
        label=_("These cards are"),
        choices=[
            (PrintOutcome.GOOD.value, _("printed well")),
            (PrintOutcome.SPOILED.value, _("spoiled")),
            (CHECKED, _("checked")),
            (BOXED, _("in their boxes")),
        ],
        widget=forms.RadioSelect,
    )
    spoiled_by = forms.ChoiceField(
        label=_("What went wrong with spoiled ones"),
        choices=SpoiledBy,
        initial=SpoiledBy.OTHER,
        required=False,
    )
    again = forms.BooleanField(
        label=_("They were spoiled once more: each used a further blank"), required=False
    )
    spoiled_before = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cards = forms.CharField(
        label=_("Cards"),
        max_length=2000,
        help_text=_("Scan a card, or type numbers such as 1-25, 30"),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autofocus": True}),
    )

    def __init__(self, *args, batch: CardBatch, **kwargs):
        super().__init__(*args, **kwargs)
        self.batch = batch

    def positions(self) -> list[int]:
        """The numbers typed. Raises ValidationError where these are none."""
        return parse_positions(self.cleaned_data["cards"], most=self.batch.cards_total)


class CorrectionForm(forms.Form):
    """What a card's last blank was after all."""

    outcome = forms.ChoiceField(choices=PrintOutcome)
    spoiled_by = forms.ChoiceField(choices=SpoiledBy, required=False)


class CloseForm(forms.Form):
    left = forms.IntegerField(
        label=_("Blanks left over, counted"), min_value=0, widget=forms.TextInput(attrs=_NUMBER)
    )


class ReceiptForm(forms.Form):
    """The file that an outside printer sent back."""

    file = forms.FileField(
        label=pgettext_lazy("computer", "File"),
        help_text=_("XLSX, ODS or CSV with a column “Serial number” and a column “Result”: good or spoiled."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,text/csv"}),
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


class PrinterForm(forms.ModelForm):
    class Meta:
        model = CardPrinter
        fields = ["name", "right_mm", "down_mm", "scale_x", "scale_y", "back_upside_down", "bleed", "retired"]
        widgets = dict.fromkeys(
            ("right_mm", "down_mm", "scale_x", "scale_y"),
            forms.TextInput(attrs={"dir": "ltr", "inputmode": "decimal"}),
        )


def _measure(label, planned: float) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=planned - 2 * MOST_MOVED_MM if planned > 2 * MOST_MOVED_MM else 0.1,
        max_value=planned + 2 * MOST_MOVED_MM,
        help_text=format_lazy("{} {}", _("Planned, in millimetres:"), f"{planned:g}"),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "decimal"}),
    )


class MeasureForm(forms.Form):
    """The four measures of a test card, in millimetres."""

    from_left_mm = _measure(_("A: from the left edge to the line"), FROM_EDGE_MM)
    from_top_mm = _measure(_("B: from the upper edge to the line"), FROM_EDGE_MM)
    across_mm = _measure(_("C: between the two upright lines"), ACROSS_MM)
    down_mm = _measure(_("D: between the two level lines"), DOWN_MM)

    def measured(self) -> Measured:
        return Measured(**self.cleaned_data)
