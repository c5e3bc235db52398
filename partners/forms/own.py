"""What a holder sends: a request with its documents, and words about how it went."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from core.arabic import clean
from core.images import reencode_document
from core.uploads import ProofField, UploadsForm
from partners.actions import GivenDocument
from partners.enums import Experience, RefusalGround
from partners.models import Branch, OfferRequirement

# Papers beside those that the offer names.
_OTHERS = ("other_1", "other_2")
_PICTURE = _("A clear picture taken with the telephone is enough. JPEG, PNG or PDF, 10 MB at the most")


class PlaceField(forms.ModelChoiceField):
    """One of the partner's open places, with its commune."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Branch.objects.none(), required=False, **kwargs)

    def label_from_instance(self, place: Branch) -> str:
        return f"{place.name}, {place.commune.name}"


class DocumentsForm(UploadsForm):
    """A file for each paper that the offer asks for, and two more; none is required here."""

    def __init__(self, *args, requirements: Sequence[OfferRequirement], **kwargs):
        self.requirements = {f"paper_{one.pk}": one for one in requirements}
        names = (*self.requirements, *_OTHERS)
        self.saved_anew = dict.fromkeys(names, reencode_document)
        super().__init__(*args, **kwargs)

    def more_fields(self) -> dict[str, forms.Field]:
        papers = {
            name: ProofField(label=one.name, help_text=_PICTURE) for name, one in self.requirements.items()
        }
        return papers | {
            name: ProofField(label=_("Another document"), help_text=_PICTURE) for name in _OTHERS
        }

    def documents(self) -> list[GivenDocument]:
        return [
            GivenDocument(content, content_type, str(self.fields[name].label), self.requirements.get(name))
            for name, (content, content_type) in self.uploads.items()
        ]


class ReferralForm(DocumentsForm):
    branch = PlaceField(label=_("Where I would go"), empty_label=_("Wherever the partner says"))

    def __init__(self, *args, requirements: Sequence[OfferRequirement], places, **kwargs):
        self.needed = frozenset(f"paper_{one.pk}" for one in requirements if one.is_required)
        super().__init__(*args, requirements=requirements, **kwargs)
        self.fields["branch"].queryset = places
        if not places:
            del self.fields["branch"]

    def clean(self):
        cleaned = super().clean()
        cleaned.setdefault("branch", None)
        return cleaned


class FeedbackForm(forms.Form):
    experience = forms.ChoiceField(
        label=_("What became of it?"), choices=Experience, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(
        label=_("If you were refused: which reason was given?"),
        choices=[("", _("Choose the reason")), *RefusalGround.choices],
        required=False,
    )
    branch = PlaceField(label=_("Where was it?"), empty_label=_("I do not know, or another place"))
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("What happened, and when. Write no identity number here."),
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = places
        if not places:
            del self.fields["branch"]

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned.setdefault("branch", None)
        if cleaned.get("experience") == Experience.REFUSED and "ground" not in self.errors:
            if not cleaned.get("ground"):
                self.add_error("ground", _("Say which reason was given."))
            elif cleaned["ground"] == RefusalGround.OTHER and not clean(cleaned.get("words", "")):
                self.add_error("words", _("Say in your own words what happened."))
        return cleaned
