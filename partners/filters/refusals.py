"""The filters of the queue of refusals; they live in the address, which can be sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Region, User
from partners.enums import FollowUpState, RefusalGround
from partners.filters.offers import FilterForm
from partners.models import Partner
from partners.querysets.feedback import FeedbackQuerySet

EVERY, MINE = "all", "mine"


class RefusalsForm(FilterForm):
    """Without a state, those that wait. Whoever sees one region has no field for it."""

    q = None
    state = forms.ChoiceField(
        label=_("Follow-up"),
        required=False,
        choices=[("", _("Not settled")), *FollowUpState.choices, (EVERY, _("All"))],
    )
    partner = forms.ModelChoiceField(
        label=_("Partner"), required=False, queryset=Partner.objects.all(), to_field_name="code"
    )
    region = forms.ModelChoiceField(label=_("Region"), required=False, queryset=Region.objects.all())
    ground = forms.ChoiceField(
        label=_("Reason that was given"), required=False, choices=[("", _("All")), *RefusalGround.choices]
    )

    hands = forms.ChoiceField(
        label=_("In whose hands"), required=False, choices=[("", _("Everybody's")), (MINE, _("Mine"))]
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.sees_all_regions:
            del self.fields["region"]

    def apply(self, refusals: FeedbackQuerySet) -> FeedbackQuerySet:
        self.is_valid()
        wanted = self.cleaned_data
        state = wanted.get("state")
        if not state:
            refusals = refusals.to_follow_up()
        elif state != EVERY:
            refusals = refusals.filter(follow_up=state)
        if partner := wanted.get("partner"):
            refusals = refusals.of_partner(partner)
        if region := wanted.get("region"):
            refusals = refusals.filter(region=region)
        if ground := wanted.get("ground"):
            refusals = refusals.filter(ground=ground)
        if wanted.get("hands"):
            refusals = refusals.filter(followed_by=self.user)
        return refusals
