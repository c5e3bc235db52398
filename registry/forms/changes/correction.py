"""What a person says is wrong in the own file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.changes.proof import ProofField, ProvenForm
from registry.held_values import AMENDABLE_FIELDS, field_label
from registry.models import Registrant

OTHER = "other"
# These follow from others, or only the chamber knows what they are.
_NOT_ASKED = frozenset({"supervisor"})


class CorrectionForm(ProvenForm):
    about = forms.ChoiceField(label=_("What is wrong?"))
    explanation = forms.CharField(
        label=_("What should it say?"),
        max_length=1000,
        help_text=_("In your own words: what the file says, and what is right."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proof = ProofField(
        label=_("A document that shows it"),
        help_text=_(
            "A clear picture taken with the telephone is enough. JPEG, PNG or PDF, 10 MB at the most"
        ),
    )

    def __init__(self, *args, registrant: Registrant, **kwargs):
        super().__init__(*args, **kwargs)
        names = [name for name in AMENDABLE_FIELDS if name not in _NOT_ASKED]
        if not registrant.is_organisation:
            names = [name for name in names if not name.startswith("organisation")]
        self.fields["about"].choices = [
            ("", _("Choose what is wrong")),
            *((name, field_label(name)) for name in names),
            (OTHER, _("Something else")),
        ]
