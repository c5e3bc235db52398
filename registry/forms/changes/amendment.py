"""The amendment form: the file as it is held, to be written over."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.images import reencode_document, reencode_portrait
from core.models import Commune, Province, User
from registry.enums import PERSON_KINDS, DocumentKind, Gender, Kind, QualificationKind
from registry.fields import (
    ORGANISATION_NAME_SIGNS,
    ArabicNameField,
    CraftChoiceField,
    LatinNameField,
    NationalIdField,
    PhoneField,
    SupervisorField,
    grouped_crafts,
)
from registry.forms.changes.proof import ProofField, UploadsForm
from registry.forms.rows import AmendedCraftFormSet, AmendedMemberFormSet, CraftRows
from registry.held_values import PLAIN_FIELDS, held_values
from registry.models import Registrant
from registry.validators import validate_birth_date, validate_qualification

# Documents that an amendment may be proved by.
PROOFS = (
    DocumentKind.IDENTITY,
    DocumentKind.QUALIFICATION,
    DocumentKind.STATUTES,
    DocumentKind.MEMBER_LIST,
    DocumentKind.OTHER,
)


def reencode_photograph(upload) -> tuple:
    return reencode_portrait(upload), "image/jpeg"


class AmendmentForm(UploadsForm):
    """Checks every value as at registration; `wanted` gives them as `registry.held_values` names them."""

    saved_anew: ClassVar = {"photograph": reencode_photograph, "proof": reencode_document}

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind)
    organisation_name_ar = ArabicNameField(
        label=_("Organisation's name in Arabic"), max_length=120, signs=ORGANISATION_NAME_SIGNS
    )
    organisation_name_latin = LatinNameField(
        label=_("Organisation's name in Latin letters"), max_length=120, signs=ORGANISATION_NAME_SIGNS
    )
    supervisor = SupervisorField(label=_("Registration number of the supervising artisan"), max_length=24)
    given_name_ar = ArabicNameField(label=_("Given name in Arabic"), max_length=60)
    family_name_ar = ArabicNameField(label=_("Family name in Arabic"), max_length=60)
    given_name_latin = LatinNameField(label=_("Given name in Latin letters"), max_length=60)
    family_name_latin = LatinNameField(label=_("Family name in Latin letters"), max_length=60)
    birth_date = forms.DateField(
        label=_("Birth date"),
        validators=[validate_birth_date],
        widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender, widget=forms.RadioSelect)
    national_id = NationalIdField(label=_("National identity number"))
    province = forms.ModelChoiceField(label=_("Province or prefecture"), queryset=Province.objects.none())
    commune = forms.ModelChoiceField(label=_("Commune"), queryset=Commune.objects.none())
    address = forms.CharField(label=_("Address of the workplace"), max_length=200, required=False)
    phone = PhoneField(label=_("Mobile telephone"))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    principal_craft = CraftChoiceField(label=_("Principal craft"), help_text=_("Printed on the card"))
    qualification_kind = forms.ChoiceField(
        label=_("Proof of qualification"), choices=QualificationKind, widget=forms.RadioSelect
    )
    qualification_title = forms.CharField(label=_("Diploma, or who attests"), max_length=160)
    years_of_exercise = forms.IntegerField(
        label=_("Years of actual exercise"),
        min_value=0,
        max_value=80,
        required=False,
        help_text=_("Artisan: a diploma or 3 years. Master artisan: 10 years, attested."),
        widget=forms.NumberInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
    )
    photograph = forms.FileField(
        label=_("New photograph"),
        required=False,
        help_text=_("Face from the front, plain ground. JPEG or PNG, at least 300 by 400 points."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    proof = ProofField(label=_("Document that proves it"))
    proof_kind = forms.ChoiceField(
        label=_("What this document is"),
        required=False,
        choices=[(kind.value, kind.label) for kind in PROOFS],
        initial=DocumentKind.IDENTITY,
    )
    explanation = forms.CharField(
        label=_("Why this is amended"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, registrant: Registrant, user: User, **kwargs):
        self.registrant = registrant
        kwargs["initial"] = self._initial() | kwargs.get("initial", {})
        super().__init__(*args, user=user, **kwargs)
        self.members = self._members() if registrant.kind == Kind.COOPERATIVE else None
        self._fit_to_kind()
        self._load_choices()
        crafts = grouped_crafts()
        self.fields["principal_craft"].load(crafts)
        self.crafts = self._crafts(crafts)

    def clean_national_id(self):
        national_id = self.cleaned_data["national_id"]
        if self.registrant.kind in PERSON_KINDS:
            taken = Registrant.objects.person_with_national_id(national_id)
            if taken and taken.pk != self.registrant.pk:
                raise ValidationError(
                    _("Somebody with this identity number is on file already."), code="national_id_taken"
                )
        return national_id

    def clean(self):
        cleaned = super().clean()
        proof = cleaned.get("qualification_kind")
        if proof and "years_of_exercise" not in self.errors:
            try:
                validate_qualification(
                    kind=cleaned.get("kind"), qualification=proof, years=cleaned.get("years_of_exercise")
                )
            except ValidationError as error:
                self.add_error(None, error)
            else:
                if proof == QualificationKind.ATTESTATION and cleaned.get("years_of_exercise") is None:
                    self.add_error("years_of_exercise", _("Give the number of years attested."))
                if not cleaned.get("qualification_title") and "qualification_title" not in self.errors:
                    self.add_error("qualification_title", _("This field is required."))
        self.further_crafts = self.crafts.crafts_beside(cleaned.get("principal_craft")) if self.crafts else []
        if self.crafts and not self.crafts.is_valid():
            self.add_error(None, _("Something is wrong in the list of crafts."))
        if self.members and not self.members.is_valid():
            self.add_error(None, _("Something is wrong in the list of members."))
        commune, province = cleaned.get("commune"), cleaned.get("province")
        if commune and province and commune.province_id != province.code:
            self.add_error("commune", _("This commune lies in another province."))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        """What was entered, field by field of the file; the action keeps what differs."""
        cleaned = self.cleaned_data
        wanted = {name: cleaned[name] for name in PLAIN_FIELDS if name in cleaned}
        wanted["crafts"] = [craft.pk for craft in (cleaned["principal_craft"], *self.further_crafts)]
        wanted["qualification"] = (
            [cleaned["qualification_kind"], cleaned["qualification_title"], cleaned["years_of_exercise"]]
            if cleaned["qualification_kind"]
            else []
        )
        if self.members:
            entered = [row.data_for_action() for row in self.members.filled]
            wanted["members"] = [
                [
                    member.registrant.nia if member.registrant else "",
                    member.name_ar,
                    member.name_latin,
                    member.national_id,
                    member.role,
                ]
                for member in entered
            ]
        return wanted

    def documents(self) -> list:
        return self.scan("proof", DocumentKind(self.cleaned_data["proof_kind"] or DocumentKind.OTHER))

    def _initial(self) -> dict[str, Any]:
        held = held_values(self.registrant)
        qualification = held["qualification"] or ["", "", None]
        return {
            **{name: held[name] for name in PLAIN_FIELDS},
            "province": self.registrant.commune.province_id,
            "principal_craft": next(iter(held["crafts"]), None),
            "qualification_kind": qualification[0],
            "qualification_title": qualification[1],
            "years_of_exercise": qualification[2],
            "version": self.registrant.version,
        }

    def _fit_to_kind(self) -> None:
        """Only what this kind has, and of kinds only what it may become."""
        kind = Kind(self.registrant.kind)
        kinds = [kind, Kind.MASTER_ARTISAN] if kind == Kind.ARTISAN else [kind]
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]
        if not self.registrant.is_organisation:
            del self.fields["organisation_name_ar"], self.fields["organisation_name_latin"]
        else:
            # Only a person's registration rests on a proof of qualification.
            self.fields["qualification_kind"].required = False
            self.fields["qualification_title"].required = False
        if kind != Kind.ENTERPRISE:
            del self.fields["supervisor"]

    def _load_choices(self) -> None:
        region_id = self.registrant.region_id
        self.fields["province"].queryset = Province.objects.with_communes().filter(region_id=region_id)
        communes = Commune.objects.filter(province__region_id=region_id).select_related("province")
        self.fields["commune"].queryset = communes
        of_province = communes.filter(province_id=self["province"].value() or "")
        self.fields["commune"].widget.choices = [
            ("", "---------"),
            *((commune.pk, commune.name) for commune in of_province),
        ]

    def _crafts(self, choices: list) -> CraftRows | None:
        """Further crafts as they are held, and empty rows for new ones; an enterprise has none."""
        if self.registrant.kind == Kind.ENTERPRISE:
            return None
        held = held_values(self.registrant)["crafts"]
        return AmendedCraftFormSet(
            self.data if self.is_bound else None,
            initial=None if self.is_bound else [{"craft": craft} for craft in held[1:]],
            prefix="crafts",
            form_kwargs={"crafts": choices},
        )

    def _members(self) -> AmendedMemberFormSet:
        names = ("nia", "name_ar", "name_latin", "national_id", "role")
        held = held_values(self.registrant)["members"]
        return AmendedMemberFormSet(
            self.data if self.is_bound else None,
            initial=None if self.is_bound else [dict(zip(names, member, strict=True)) for member in held],
            prefix="members",
            form_kwargs={"user": self.user},
        )
