"""What partners' figures speak of, as the address says it."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Region, User
from partners.figures.scope import Scope


class FiguresForm(forms.Form):
    """Days from and until, and a region for those who see several. A wrong value filters nothing."""

    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    region = forms.ModelChoiceField(
        label=_("Region"),
        required=False,
        queryset=Region.objects.all(),
        empty_label=_("Every region"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        for name in ("since", "until"):
            self.fields[name].widget.attrs["class"] = "form-control"
        if not user.sees_all_regions:
            del self.fields["region"]

    def clean(self) -> dict:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        for name, day in (("since", since), ("until", until)):
            # Before the register and after any plan: nothing is counted there, and days run out.
            if day and not date(2000, 1, 1) <= day <= date(2200, 1, 1):
                self.add_error(name, _("No figures can be of this day."))
        if since and until and until < since:
            self.add_error("until", _("This date is before the first day."))
        return cleaned

    def scope(self) -> Scope:
        self.is_valid()
        wanted = self.cleaned_data
        return Scope(self.user, wanted.get("region"), wanted.get("since"), wanted.get("until"))
