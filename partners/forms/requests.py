"""How a partner answers a request, and which requests it looks at."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partners.actions.referrals import MOST_WORDS
from partners.enums import OPEN_REFERRALS, ReferralState, RefusalGround
from partners.filters.offers import FilterForm
from partners.models import Offer, PartnerAgent
from partners.querysets.referrals import ReferralQuerySet

OPEN, OVERDUE = "open", "overdue"


class AnswerForm(forms.Form):
    """What is done, and what the holder reads of it. Everything typed stays when something is missing."""

    ASK, ACCEPT, REFUSE = "ask", "accept", "refuse"

    version = forms.IntegerField(widget=forms.HiddenInput)
    step = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(ACCEPT, _("Accept")), (ASK, _("Ask for documents")), (REFUSE, _("Refuse"))],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label=_("Ground of a refusal"),
        choices=[("", "---------"), *RefusalGround.choices],
        required=False,
        help_text=_("Only for a refusal."),
    )
    answer = forms.CharField(
        label=_("What the holder reads"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("How it goes on, which documents you need, or why you refuse."),
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("step") == self.REFUSE and not cleaned.get("ground"):
            self.add_error("ground", _("Choose the ground of the refusal."))
        return cleaned


class RequestFilterForm(FilterForm):
    """Which requests are looked at: those that wait, unless another state is asked for."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[(OPEN, _("To answer")), (OVERDUE, _("Past their time")), *ReferralState.choices],
    )
    offer = forms.ModelChoiceField(
        label=_("Offer"), required=False, queryset=Offer.objects.none(), to_field_name="code"
    )
    q = forms.CharField(label=_("Number of the request"), required=False, max_length=20)

    def __init__(self, *args, agent: PartnerAgent, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["offer"].queryset = Offer.objects.of_partner(agent.partner)

    def apply(self, requests: ReferralQuerySet) -> ReferralQuerySet:
        self.is_valid()
        wanted = self.cleaned_data
        if offer := wanted.get("offer"):
            requests = requests.filter(offer=offer)
        if number := wanted.get("q"):
            return requests.filter(number__iexact=number.strip())
        state = wanted.get("state") or OPEN
        if state == OPEN:
            return requests.open()
        return requests.overdue() if state == OVERDUE else requests.filter(state=state)

    def words(self) -> list[str]:
        """What is looked at, in the language that is active."""
        if self.is_valid() and not self.cleaned_data.get("q"):
            self.cleaned_data["state"] = self.cleaned_data["state"] or OPEN
        return [chip["label"] for chip in self.chips(QueryDict())]

    def address(self) -> QueryDict:
        """The parameters that say what is looked at."""
        self.is_valid()
        wanted, kept = self.cleaned_data, QueryDict(mutable=True)
        offer = wanted.get("offer")
        named = {"state": wanted.get("state"), "offer": offer.code if offer else "", "q": wanted.get("q")}
        kept.update({name: value for name, value in named.items() if value})
        return kept

    def tabs(self, requests: ReferralQuerySet) -> list[dict]:
        """One for each state, with how many requests stand in it."""
        counts = requests.count_by_state()
        numbers = {
            OPEN: sum(counts.get(state, 0) for state in OPEN_REFERRALS),
            OVERDUE: requests.overdue().count(),
        } | counts
        chosen = self.cleaned_data.get("state") or OPEN
        return [
            {"label": label, "url": f"?state={code}", "active": code == chosen, "count": numbers.get(code, 0)}
            for code, label in self.fields["state"].choices
        ]
