"""The decision on an application."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.arabic import clean
from registry import lifecycle
from registry.enums import GroundProcedure
from registry.fields import GroundField

REFUSALS = {"return": GroundProcedure.RETURN, "reject": GroundProcedure.REJECTION}


class DecisionForm(forms.Form):
    """Approve, send back or refuse; what is not approved has a ground of the list and a reason."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("approve", _("Approve and register")),
            ("return", _("Send back to be corrected")),
            ("reject", _("Reject")),
        ],
        widget=forms.RadioSelect,
    )
    ground = GroundField(help_text=_("Needed to send back or to reject."))
    reason = forms.CharField(
        label=_("Statement of reasons"),
        required=False,
        max_length=2000,
        help_text=_("Needed to send back or to reject; the person reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, region_id: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ground"].load(region_id, *REFUSALS.values())

    def clean(self):
        cleaned = super().clean()
        move = cleaned.get("decision")
        procedure = lifecycle.APPLICATION.named(move).procedure if move else None
        if procedure is None:
            return cleaned
        ground = cleaned.get("ground")
        if "ground" not in self.errors and (ground is None or ground.procedure != procedure):
            self.add_error("ground", _("Choose a ground that goes with the decision."))
        if not clean(cleaned.get("reason") or ""):
            self.add_error("reason", _("Give a reason."))
        return cleaned
