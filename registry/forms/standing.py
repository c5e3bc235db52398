"""The steps of a suspension or a striking off, each on its own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.arabic import clean_lines
from registry.enums import GroundProcedure
from registry.fields import GroundField


class ReasonField(forms.CharField):
    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Statement of reasons"))
        kwargs.setdefault("help_text", _("In full sentences: the person reads it in the letter."))
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)

    def to_python(self, value):
        return clean_lines(super().to_python(value))


class GroundedForm(forms.Form):
    """A ground of the chamber's list for one procedure, and the reason in words."""

    ground = GroundField(required=True)
    reason = ReasonField()

    def __init__(self, *args, region_id: str, procedure: GroundProcedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ground"].load(region_id, procedure)


class ProceedingDecisionForm(GroundedForm):
    """Against the person, on a ground; or none, for a reason alone."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    field_order = ("outcome", "ground", "reason")

    def __init__(self, *args, against: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [
            ("against", against),
            ("drop", _("Close the proceeding without a decision against the person")),
        ]
        self.fields["ground"].required = False
        self.fields["ground"].help_text = _("Needed for a decision against the person.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == "against" and "ground" not in self.errors and not cleaned.get("ground"):
            self.add_error("ground", _("Choose a ground of the chamber's list."))
        return cleaned


class AppealDecisionForm(GroundedForm):
    outcome = forms.ChoiceField(
        label=_("Decision on the appeal"),
        choices=[
            ("uphold", _("Uphold the appeal: the person stands on the register again")),
            ("reject", _("Reject the appeal: the decision stands")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("outcome", "ground", "reason")
