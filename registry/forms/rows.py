"""The rows of an application that may be several: crafts, qualifications, the members of a cooperative.

A button adds or takes away a row by sending the page, so that it works without a script as well.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.arabic import clean
from registry.actions import MemberData, QualificationData
from registry.enums import MemberRole, QualificationKind
from registry.fields import ArabicNameField, CraftChoiceField, LatinNameField, NationalIdField
from registry.models import Craft, Registrant

# Nobody has so many: a bound for what a machine might send.
MOST_CRAFTS = 50
MOST_QUALIFICATIONS = 10
MOST_MEMBERS = 200


class CraftForm(forms.Form):
    """A craft beside the principal one; `crafts` are the grouped choices, made once for all rows."""

    use_required_attribute = False

    craft = CraftChoiceField(label=_("Further craft"), required=False)

    def __init__(self, *args, crafts: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["craft"].load(crafts)


class QualificationForm(forms.Form):
    """A diploma, or an attestation of so many years."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Proof of qualification"), choices=QualificationKind, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Diploma, or who attests"), max_length=160)
    years_of_exercise = forms.IntegerField(
        label=_("Years of actual exercise"),
        min_value=0,
        max_value=80,
        required=False,
        help_text=_("Artisan: a diploma or 3 years. Master artisan: 10 years, attested."),
        widget=forms.NumberInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
    )

    def clean(self):
        cleaned = super().clean()
        attested = cleaned.get("kind") == QualificationKind.ATTESTATION
        if attested and cleaned.get("years_of_exercise") is None and "years_of_exercise" not in self.errors:
            self.add_error("years_of_exercise", _("Give the number of years attested."))
        return cleaned

    def data_for_action(self) -> QualificationData:
        return QualificationData(**self.cleaned_data)


class MemberForm(forms.Form):
    """One member of a cooperative. The registration number alone is enough for one of the same region."""

    use_required_attribute = False

    nia = forms.CharField(
        label=_("Registration number (NIA)"),
        required=False,
        max_length=24,
        help_text=_("Where the member is on the register; names and identity number then come from there."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    name_ar = ArabicNameField(label=_("Name in Arabic"), max_length=120, required=False)
    name_latin = LatinNameField(label=_("Name in Latin letters"), max_length=120, required=False)
    national_id = NationalIdField(label=_("National identity number"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole, initial=MemberRole.MEMBER)

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_nia(self):
        typed = clean(self.cleaned_data["nia"])
        if not typed:
            return None
        person = Registrant.objects.by_sign_in_name(typed)
        if person is None or person.is_organisation:
            raise ValidationError(_("Nobody on the register has this number."), code="member")
        return person

    def clean(self):
        cleaned = super().clean()
        person = cleaned.get("nia")
        if person and person.region_id == self.user.region_id:
            cleaned["name_ar"] = cleaned.get("name_ar") or person.person_name_ar
            cleaned["name_latin"] = cleaned.get("name_latin") or person.person_name_latin
            cleaned["national_id"] = cleaned.get("national_id") or person.national_id
        for field in ("name_ar", "national_id"):
            if not cleaned.get(field) and field not in self.errors:
                self.add_error(field, _("This field is required."))
        if person and cleaned.get("national_id") and cleaned["national_id"] != person.national_id:
            self.add_error("national_id", _("This is not the identity number of that registration number."))
        return cleaned

    def data_for_action(self) -> MemberData:
        values = {name: self.cleaned_data[name] for name in MemberForm.base_fields}
        return MemberData(registrant=values.pop("nia"), **values)


class Rows(forms.BaseFormSet):
    """Rows of which the empty ones do not count."""

    def full_clean(self):
        for form in self.forms:
            form.empty_permitted = not form.has_changed()
        super().full_clean()

    @property
    def filled(self) -> list[forms.Form]:
        return [form for form in self.forms if form.has_changed() and not self._is_taken_away(form)]

    def _is_taken_away(self, form: forms.Form) -> bool:
        return self.can_delete and getattr(form, "cleaned_data", {}).get("DELETE", False)


class CraftRows(Rows):
    def crafts_beside(self, principal: Craft | None) -> list[Craft]:
        """The further crafts in their order; one that stands there already is told beside its row."""
        crafts, seen = [], {principal}
        for form in self.filled:
            craft = form.cleaned_data.get("craft") if form.is_valid() else None
            if craft is None:
                continue
            if craft in seen:
                form.add_error("craft", ValidationError(_("This craft is entered already."), code="twice"))
            else:
                crafts.append(craft)
            seen.add(craft)
        return crafts


class MemberRows(Rows):
    def clean(self):
        seen = set()
        for form in self.filled:
            national_id = form.cleaned_data.get("national_id") if form.is_valid() else None
            if national_id and national_id in seen:
                form.add_error("national_id", _("This member is entered twice."))
            seen.add(national_id)


CraftFormSet = forms.formset_factory(
    CraftForm, formset=CraftRows, extra=0, min_num=1, max_num=MOST_CRAFTS, absolute_max=MOST_CRAFTS
)
QualificationFormSet = forms.formset_factory(
    QualificationForm,
    formset=Rows,
    extra=0,
    min_num=1,
    max_num=MOST_QUALIFICATIONS,
    absolute_max=MOST_QUALIFICATIONS,
)


class AmendedMemberRows(MemberRows):
    """The members held, each of whom may be taken away, and empty rows for new ones."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Take this member away")


AmendedCraftFormSet = forms.formset_factory(
    CraftForm, formset=CraftRows, extra=2, max_num=MOST_CRAFTS, absolute_max=MOST_CRAFTS
)
AmendedMemberFormSet = forms.formset_factory(
    MemberForm,
    formset=AmendedMemberRows,
    extra=2,
    can_delete=True,
    can_delete_extra=False,
    max_num=MOST_MEMBERS,
    absolute_max=MOST_MEMBERS,
)
MemberFormSet = forms.formset_factory(
    MemberForm,
    formset=MemberRows,
    extra=0,
    min_num=1,
    max_num=MOST_MEMBERS,
    absolute_max=MOST_MEMBERS,
)
