"""The application form: what a registrar fills in for the person at the counter."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.models import Commune, Province
from registry.actions import PERSONAL_FIELDS, ApplicationData, ScannedDocument
from registry.duplicates import DuplicateMatch, Traits, likely_duplicates
from registry.enums import (
    ORGANISATION_KINDS,
    ApplicationState,
    DocumentKind,
    Gender,
    Kind,
    PortraitFinding,
    RegistrantState,
)
from registry.fields import (
    ORGANISATION_NAME_SIGNS,
    ArabicNameField,
    CraftChoiceField,
    KeptFileField,
    LatinNameField,
    NationalIdField,
    PhoneField,
    SupervisorField,
    grouped_crafts,
)
from registry.forms.kept import values_of
from registry.forms.rows import CraftFormSet, MemberFormSet, QualificationFormSet
from registry.forms.uploads import PHOTOGRAPH, content_of, field_of, scan_field, sent_at_once
from registry.models import Application, ApplicationDraft, Craft, RegisterRules, Registrant
from registry.photograph_hash import photograph_hash
from registry.portrait_check import BLOCKING
from registry.validators import validate_birth_date, validate_conditions


class ApplicationForm(forms.Form):
    """Checks everything that is entered, and gives it as `ApplicationData`.

    Files are not its business beyond their fields: they are in the draft by the time it is asked (see
    `registry.forms.uploads`); `refused` is what was wrong with those just sent.
    """

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind, initial=Kind.ARTISAN)
    organisation_name_ar = ArabicNameField(
        label=_("Organisation's name in Arabic"),
        max_length=120,
        required=False,
        signs=ORGANISATION_NAME_SIGNS,
    )
    organisation_name_latin = LatinNameField(
        label=_("Organisation's name in Latin letters"),
        max_length=120,
        required=False,
        signs=ORGANISATION_NAME_SIGNS,
    )
    supervisor = SupervisorField(
        label=_("Registration number of the supervising artisan"), max_length=24, required=False
    )

    national_id = NationalIdField(
        label=_("National identity number"), help_text=_("As on the card: AB123456")
    )
    given_name_ar = ArabicNameField(label=_("Given name in Arabic"), max_length=60)
    family_name_ar = ArabicNameField(label=_("Family name in Arabic"), max_length=60)
    given_name_latin = LatinNameField(label=_("Given name in Latin letters"), max_length=60)
    family_name_latin = LatinNameField(label=_("Family name in Latin letters"), max_length=60)
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender, widget=forms.RadioSelect)
    birth_date = forms.DateField(
        label=_("Birth date"),
        validators=[validate_birth_date],
        widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    phone = PhoneField(
        label=_("Mobile telephone"),
        help_text=_("The card's owner signs in with a code sent to this number: 06 61 23 45 67"),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    province = forms.ModelChoiceField(label=_("Province or prefecture"), queryset=Province.objects.none())
    commune = forms.ModelChoiceField(label=_("Commune"), queryset=Commune.objects.none())
    address = forms.CharField(label=_("Address of the workplace"), max_length=200, required=False)

    principal_craft = CraftChoiceField(label=_("Principal craft"), help_text=_("Printed on the card"))
    photograph = KeptFileField(
        label=_("Photograph"),
        help_text=_("Face from the front, plain ground. JPEG or PNG, at least 300 by 400 points."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    photograph_accepted = forms.BooleanField(
        label=_("I have looked at the photograph and accept it by eye"), required=False
    )
    consent = forms.BooleanField(
        label=_("The consequences were explained to the person, who agrees to be registered"),
        error_messages={"required": _("Explain the consequences first: the person must agree.")},
    )

    crop_left = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    crop_top = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    crop_width = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    crop_height = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    duplicates_reviewed = forms.BooleanField(
        label=_("I have compared: it is not the same person"), required=False
    )

    def __init__(
        self,
        data=None,
        *,
        user,
        draft: ApplicationDraft | None = None,
        application: Application | None = None,
        refused: dict[str, ValidationError] | None = None,
    ):
        self.user = user
        self.application = application
        self.registrant = application.registrant if application else None
        self.refused = refused or {}
        self.uploads = {upload.slot: upload for upload in draft.uploads.all()} if draft else {}
        self.matches: list = []
        self.same_person: Registrant | None = None
        kept = draft.values if draft else None
        # Only files came so far of what an application is corrected with.
        if not kept:
            kept = values_of(application) if application else {}
        typed = {name: value for name, value in kept.get("fields", {}).items() if value}
        super().__init__(data, initial=typed | {"version": draft.version if draft else 0})
        crafts = grouped_crafts()
        self.fields["principal_craft"].load(crafts)
        self.crafts = CraftFormSet(
            data,
            initial=None if data else kept.get("crafts"),
            prefix="crafts",
            form_kwargs={"crafts": crafts},
        )
        self.further_crafts: list[Craft] = []
        self.qualifications = QualificationFormSet(
            data, initial=None if data else kept.get("qualifications"), prefix="qualifications"
        )
        self.members = MemberFormSet(
            data,
            initial=None if data else kept.get("members"),
            prefix="members",
            form_kwargs={"user": user},
        )
        self._add_scan_fields()
        self._load_choices()
        for name in self.file_names.split(","):
            self.fields[name].widget.attrs |= sent_at_once(name)

    def clean_national_id(self):
        national_id = self.cleaned_data["national_id"]
        if self.data.get("kind") in ORGANISATION_KINDS:
            return national_id
        taken = Registrant.objects.person_with_national_id(national_id)
        if taken is None or taken == self.registrant or self._may_apply_again(taken):
            return national_id
        self.same_person = taken
        raise ValidationError(
            _("Somebody with this identity number is on file already."), code="national_id_taken"
        )

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in ORGANISATION_KINDS:
            for field in ("organisation_name_ar", "organisation_name_latin"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, _("An organisation needs its name in both scripts."))
        else:
            cleaned["organisation_name_ar"] = cleaned["organisation_name_latin"] = ""
        if kind == Kind.ENTERPRISE:
            if not cleaned.get("supervisor") and "supervisor" not in self.errors:
                self.add_error("supervisor", _("An enterprise is supervised by a registered artisan."))
        else:
            cleaned["supervisor"] = None
        if kind != Kind.ENTERPRISE:
            self.further_crafts = self.crafts.crafts_beside(cleaned.get("principal_craft"))
        self._check_rows(kind)
        self._check_photograph(cleaned)
        commune, province = cleaned.get("commune"), cleaned.get("province")
        if commune and province and commune.province_id != province.code:
            self.add_error("commune", _("This commune lies in another province."))
        for field, error in self.refused.items():
            self.add_error(field, error)
        return cleaned

    def data_for_action(self) -> ApplicationData:
        """Everything entered, for `registry.actions`; call it once the files are in the draft."""
        cleaned = self.cleaned_data
        portrait = self.uploads.get(PHOTOGRAPH)
        documents = [
            ScannedDocument(DocumentKind(slot), content_of(upload), upload.content_type)
            for slot, upload in self.uploads.items()
            if slot != PHOTOGRAPH
        ]
        return ApplicationData(
            fields={field: cleaned[field] for field in PERSONAL_FIELDS},
            crafts=[cleaned["principal_craft"], *self.further_crafts],
            qualifications=[form.data_for_action() for form in self.qualifications.filled],
            consent=cleaned["consent"],
            photograph=content_of(portrait) if portrait else None,
            photograph_findings=portrait.findings if portrait else (),
            documents=documents,
            members=[form.data_for_action() for form in self.members.filled]
            if cleaned["kind"] == Kind.COOPERATIVE
            else (),
        )

    def duplicates(self) -> list[DuplicateMatch]:
        """Entries that may be the same person, for a form that is otherwise valid."""
        values = self.cleaned_data | {"photograph_hash": self._photograph_hash()}
        return likely_duplicates(
            Traits.typed(values), exclude_id=self.registrant.pk if self.registrant else None
        )

    def _photograph_hash(self) -> int | None:
        if PHOTOGRAPH in self.uploads:
            return photograph_hash(content_of(self.uploads[PHOTOGRAPH]))
        return self.registrant.photograph_hash if self.registrant else None

    @property
    def kept_files(self) -> set[str]:
        """Names of the fields whose file need not be sent again."""
        slots = set(self.uploads)
        if self.registrant:
            slots |= set(self.registrant.documents.values_list("kind", flat=True))
            slots |= {PHOTOGRAPH} if self.registrant.photograph else set()
        return {field_of(slot) for slot in slots}

    @property
    def portrait_reasons(self) -> list[str]:
        """What the machine says against the photograph in the draft."""
        portrait = self.uploads.get(PHOTOGRAPH)
        return [str(PortraitFinding(code).label) for code in portrait.findings] if portrait else []

    @property
    def portrait_is_refused(self) -> bool:
        portrait = self.uploads.get(PHOTOGRAPH)
        return bool(portrait) and not BLOCKING.isdisjoint(portrait.findings)

    @property
    def scans(self) -> list[dict]:
        """The fields for scans, each with the kinds of registration that ask for it."""
        return [
            {"field": self[field_of(kind)], "kinds": kinds, "kept": field_of(kind) in self.kept_files}
            for kind, kinds in self._asked_for.items()
        ]

    @property
    def file_names(self) -> str:
        """The file fields: they are sent by themselves, not with every change."""
        return ",".join([PHOTOGRAPH, *(field_of(kind) for kind in self._asked_for)])

    def _check_rows(self, kind: str | None) -> None:
        if kind != Kind.ENTERPRISE and not self.crafts.is_valid():
            self.add_error(None, _("Something is wrong in the list of crafts."))
        if not self.qualifications.is_valid():
            self.add_error(None, _("Something is wrong in the proof of qualification."))
        if kind == Kind.COOPERATIVE and not self.members.is_valid():
            self.add_error(None, _("Something is wrong in the list of members."))
        if not kind or self.errors.get("__all__"):
            return
        qualifications = self.qualifications.filled
        try:
            validate_conditions(
                kind=kind,
                # A principal craft that is missing is told beside its field.
                crafts=1 + len(self.further_crafts),
                qualifications=[
                    (form.cleaned_data["kind"], form.cleaned_data["years_of_exercise"])
                    for form in qualifications
                ],
                members=len(self.members.filled) if kind == Kind.COOPERATIVE else 0,
            )
        except ValidationError as error:
            told = error.message_dict
            if "qualifications" in told and qualifications:
                qualifications[0].add_error("years_of_exercise", told["qualifications"])
            self.add_error(None, error.messages)

    def _check_photograph(self, cleaned: dict) -> None:
        if "photograph" in self.refused:
            return
        if "photograph" not in self.kept_files:
            self.add_error("photograph", _("Take the photograph, or choose a file."))
        elif self.portrait_is_refused:
            self.add_error("photograph", self.portrait_reasons)
        elif self.portrait_reasons and not cleaned.get("photograph_accepted"):
            self.add_error("photograph_accepted", _("Take the photograph again, or accept it by eye."))

    def _may_apply_again(self, person: Registrant) -> bool:
        """A candidate of the same region whose applications were all refused may ask once more."""
        return (
            self.application is None
            and person.state == RegistrantState.CANDIDATE
            and person.region_id == self.user.region_id
            and not person.applications.exclude(state=ApplicationState.REJECTED).exists()
        )

    def _load_choices(self) -> None:
        provinces = Province.objects.with_communes().filter(region_id=self.user.region_id)
        self.fields["province"].queryset = provinces
        self.fields["commune"].queryset = Commune.objects.filter(
            province__region_id=self.user.region_id
        ).select_related("province")
        province = self["province"].value()
        self.fields["commune"].widget.choices = [
            ("", "---------"),
            *(
                (commune.pk, commune.name)
                for commune in Commune.objects.filter(province_id=province, province__in=provinces)
            ),
        ]

    def _add_scan_fields(self) -> None:
        """One field for every kind of document that some kind of registration asks for here."""
        rules = RegisterRules.objects.of(self.user.region_id)
        self._asked_for = {
            document: " ".join(kind for kind in Kind.values if document in rules.required_documents(kind))
            for document in DocumentKind.values
            if any(document in rules.required_documents(kind) for kind in Kind.values)
        }
        for document in self._asked_for:
            self.fields[field_of(document)] = scan_field(document)
