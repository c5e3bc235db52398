"""The decision on a request about an entry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.arabic import clean
from registry import lifecycle
from registry.enums import ChangeKind, ChangeState, GroundProcedure
from registry.fields import GroundField
from registry.models import ChangeRequest, Ground

# The ground's code in the working list, by which a death is told from a wish to leave.
DEATH = "death"


class ChangeDecisionForm(forms.Form):
    """Accept or refuse; a refusal has a ground and a reason, an exit a ground of its own."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    exit_ground = GroundField(label=_("Ground of leaving"))
    ground = GroundField(label=_("Ground of the refusal"), help_text=_("Needed to refuse."))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        help_text=_("Needed to refuse; the person reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, request: ChangeRequest, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        choices = [("refuse", _("Refuse"))]
        if request.state == ChangeState.SUBMITTED:
            choices.insert(0, ("approve", _("Accept")))
        self.fields["decision"].choices = choices
        self.fields["ground"].load(request.deciding_region_id, GroundProcedure.CHANGE_REJECTION)
        if lifecycle.CHANGE_KINDS[request.kind].ground and request.state == ChangeState.SUBMITTED:
            self._offer_exits()
        else:
            del self.fields["exit_ground"]

    def clean(self):
        cleaned = super().clean()
        decision = cleaned.get("decision")
        grounds = {"refuse": "ground", "approve": "exit_ground"}
        name = grounds.get(decision)
        if name in self.fields and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, _("Choose a ground that goes with the decision."))
        if decision == "refuse" and not clean(cleaned.get("reason") or ""):
            self.add_error("reason", _("Give a reason."))
        return cleaned

    def _offer_exits(self) -> None:
        """A death has the ground of that name where the list has it; a wish to leave has any other."""
        offered = Ground.objects.offered(self.request.region_id, GroundProcedure.EXIT)
        deaths = offered.filter(code=DEATH)
        if self.request.kind != ChangeKind.DEATH:
            offered = offered.exclude(code=DEATH)
        elif deaths.exists():
            offered = deaths
        field = self.fields["exit_ground"]
        field.queryset = offered
        grounds = list(offered)
        field.widget.choices = [
            *([] if len(grounds) == 1 else [("", _("Choose a ground"))]),
            *((ground.pk, ground.name) for ground in grounds),
        ]
