"""What a partner's administrator types: agents and keys."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import AccountForm
from core.models import User
from core.roles import PARTNER_ROLES, Role
from partners.actions.keys import MOST_DAYS
from partners.enums import ApiScope
from partners.models import Branch, Partner, PartnerAgent

_ACCOUNT_FIELDS = ("name_ar", "name_latin", "email", "phone")


class AgentForm(AccountForm):
    """A staff account's form, with one role of the partner's and a branch instead of roles and a region."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in Role if role in PARTNER_ROLES],
        initial=Role.PARTNER_AGENT.value,
        widget=forms.RadioSelect,
    )
    branch = forms.ModelChoiceField(
        label=pgettext_lazy("partner", "Branch"),
        queryset=Branch.objects.none(),
        required=False,
        empty_label=_("Every branch"),
        help_text=_(
            "Uses that the agent records are counted there, and its requests are what the agent sees."
        ),
    )

    field_order = ["username", "name_ar", "name_latin", "role", "branch", "email", "phone"]

    def __init__(self, *args, partner: Partner, by: User, agent: PartnerAgent | None = None, **kwargs):
        super().__init__(*args, by=by, account=agent.user if agent else None, **kwargs)
        del self.fields["roles"]
        self.fields.pop("region", None)
        self.fields["branch"].queryset = Branch.objects.of_partner(partner).open()
        if agent:
            self.initial |= {"role": agent.user.roles[0], "branch": agent.branch_id}

    def arguments(self) -> dict[str, Any]:
        """What `open_agent` and `change_agent` take."""
        return {
            "fields": {name: self.cleaned_data[name] for name in _ACCOUNT_FIELDS},
            "role": Role(self.cleaned_data["role"]),
            "branch": self.cleaned_data["branch"],
        }


class AdministratorForm(AgentForm):
    """The account of a partner's administrator, as staff open it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["role"], self.fields["branch"]

    def arguments(self) -> dict[str, Any]:
        fields = {name: self.cleaned_data[name] for name in _ACCOUNT_FIELDS}
        return {"fields": fields, "role": Role.PARTNER_ADMIN}


class KeyForm(forms.Form):
    """A key of a till."""

    name = forms.CharField(
        label=_("Name of the till"),
        max_length=60,
        help_text=_("By which you know it again when it has to be revoked."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=ApiScope.choices, widget=forms.CheckboxSelectMultiple
    )
    branch = forms.ModelChoiceField(
        label=pgettext_lazy("partner", "Branch"),
        queryset=Branch.objects.none(),
        required=False,
        empty_label=_("Every branch"),
        help_text=_("A key of one branch records uses there and nowhere else."),
    )
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        initial=365,
        choices=[
            (90, _("Three months")),
            (180, _("Six months")),
            (365, _("One year")),
            (MOST_DAYS, _("Two years")),
        ],
    )

    def __init__(self, *args, partner: Partner, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = Branch.objects.of_partner(partner).open()
