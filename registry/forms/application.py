"""The application form: what a registrar fills in for the person at the counter."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.images import reencode_document, reencode_portrait
from core.models import Commune, Province
from registry import pending_uploads
from registry.actions import PERSONAL_FIELDS, ApplicationData, ScannedDocument
from registry.duplicates import DuplicateMatch, Traits, likely_duplicates
from registry.enums import (
    ORGANISATION_KINDS,
    ApplicationState,
    DocumentKind,
    Gender,
    Kind,
    QualificationKind,
    RegistrantState,
)
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
from registry.models import Application, Registrant
from registry.photograph_hash import photograph_hash
from registry.validators import validate_birth_date, validate_qualification

UPLOADS = {
    "photograph": None,
    "identity_scan": DocumentKind.IDENTITY,
    "qualification_scan": DocumentKind.QUALIFICATION,
}
CROP = ("crop_left", "crop_top", "crop_width", "crop_height")


class ApplicationForm(forms.Form):
    """Checks everything that is entered, and gives it as `ApplicationData`.

    Files that passed their own check are kept when another field did not (see `pending_uploads`).
    """

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
    second_craft = CraftChoiceField(label=_("Second craft"), required=False)
    third_craft = CraftChoiceField(label=_("Third craft"), required=False)
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
        label=_("Photograph"),
        required=False,
        help_text=_("Face from the front, plain ground. JPEG or PNG, at least 300 by 400 points."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    identity_scan = forms.FileField(
        label=_("Scan of the identity card"),
        required=False,
        help_text=_("JPEG, PNG or PDF, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )
    qualification_scan = forms.FileField(
        label=_("Scan of the diploma or attestation"),
        required=False,
        help_text=_("JPEG, PNG or PDF, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )
    consent = forms.BooleanField(
        label=_("The consequences were explained to the person, who agrees to be registered"), required=False
    )

    photograph_key = forms.CharField(required=False, widget=forms.HiddenInput)
    identity_scan_key = forms.CharField(required=False, widget=forms.HiddenInput)
    qualification_scan_key = forms.CharField(required=False, widget=forms.HiddenInput)
    crop_left = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    crop_top = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    crop_width = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    crop_height = forms.FloatField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    duplicates_reviewed = forms.BooleanField(
        label=_("I have compared: it is not the same person"), required=False
    )

    def __init__(self, *args, user, application: Application | None = None, **kwargs):
        self.user = user
        self.application = application
        self.registrant = application.registrant if application else None
        if application:
            kwargs["initial"] = self._initial_of(application) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.uploads: dict[str, tuple] = {}
        self._load_choices()

    def clean_photograph(self):
        return self._upload("photograph", self._portrait)

    def clean_identity_scan(self):
        return self._upload("identity_scan", reencode_document)

    def clean_qualification_scan(self):
        return self._upload("qualification_scan", reencode_document)

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
        if "years_of_exercise" not in self.errors and cleaned.get("qualification_kind"):
            self._check_qualification(cleaned)
        commune, province = cleaned.get("commune"), cleaned.get("province")
        if commune and province and commune.province_id != province.code:
            self.add_error("commune", _("This commune lies in another province."))
        return cleaned

    def data_for_action(self) -> ApplicationData:
        """Everything entered, for `registry.actions`."""
        cleaned = self.cleaned_data
        crafts = [cleaned[name] for name in ("principal_craft", "second_craft", "third_craft")]
        documents = [
            ScannedDocument(kind, *self.uploads[name])
            for name, kind in UPLOADS.items()
            if kind and name in self.uploads
        ]
        return ApplicationData(
            fields={field: cleaned[field] for field in PERSONAL_FIELDS},
            crafts=[craft for craft in crafts if craft],
            qualification_kind=cleaned["qualification_kind"],
            qualification_title=cleaned["qualification_title"],
            years_of_exercise=cleaned["years_of_exercise"],
            consent=cleaned["consent"],
            photograph=self.uploads["photograph"][0] if "photograph" in self.uploads else None,
            documents=documents,
        )

    def duplicates(self) -> list[DuplicateMatch]:
        """Entries that may be the same person, for a form that is otherwise valid."""
        values = self.cleaned_data | {"photograph_hash": self._photograph_hash()}
        return likely_duplicates(
            Traits.typed(values), exclude_id=self.registrant.pk if self.registrant else None
        )

    def _photograph_hash(self) -> int | None:
        if "photograph" in self.uploads:
            return photograph_hash(self.uploads["photograph"][0])
        return self.registrant.photograph_hash if self.registrant else None

    def keep_uploads(self) -> None:
        """Keep what passed its check and put the keys into the form that goes back to the reader."""
        self.data = self.data.copy()
        for name, (content, content_type) in self.uploads.items():
            self.data[f"{name}_key"] = pending_uploads.keep(
                user_id=self.user.pk, content=content, content_type=content_type
            )

    @property
    def kept_files(self) -> set[str]:
        """Names of the files that need not be sent again."""
        on_file = set()
        if self.registrant:
            if self.registrant.photograph:
                on_file.add("photograph")
            kinds = {document.kind for document in self.registrant.documents.all()}
            on_file |= {name for name, kind in UPLOADS.items() if kind in kinds}
        return on_file | set(self.uploads)

    def _check_qualification(self, cleaned: dict) -> None:
        try:
            validate_qualification(
                kind=cleaned.get("kind"),
                qualification=cleaned["qualification_kind"],
                years=cleaned.get("years_of_exercise"),
            )
        except ValidationError as error:
            self.add_error(None, error)
        else:
            needs_years = cleaned["qualification_kind"] == QualificationKind.ATTESTATION
            if needs_years and cleaned.get("years_of_exercise") is None:
                self.add_error("years_of_exercise", _("Give the number of years attested."))

    def _portrait(self, upload):
        box = tuple(self.data.get(name) or "" for name in CROP)
        try:
            crop = tuple(float(value) for value in box)
        except ValueError:
            crop = None
        return reencode_portrait(upload, crop=crop), "image/jpeg"

    def _upload(self, name: str, reencode):
        sent = self.cleaned_data.get(name)
        if sent:
            self.uploads[name] = reencode(sent)
        elif kept := pending_uploads.fetch(user_id=self.user.pk, key=self.data.get(f"{name}_key", "")):
            self.uploads[name] = kept
        return sent

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
        crafts = grouped_crafts()
        for name in ("principal_craft", "second_craft", "third_craft"):
            self.fields[name].load(crafts)

    @staticmethod
    def _initial_of(application: Application) -> dict:
        registrant = application.registrant
        crafts = [link.craft_id for link in registrant.craft_links.all()] + [None] * 3
        qualification = registrant.qualifications.first()
        initial = {field: getattr(registrant, field) for field in PERSONAL_FIELDS}
        initial |= {
            "supervisor": registrant.supervisor_id,
            "province": registrant.commune.province_id,
            "commune": registrant.commune_id,
            "principal_craft": crafts[0],
            "second_craft": crafts[1],
            "third_craft": crafts[2],
            "consent": application.consent_at is not None,
            "version": registrant.version,
        }
        if qualification:
            initial |= {
                "qualification_kind": qualification.kind,
                "qualification_title": qualification.title,
                "years_of_exercise": qualification.years_of_exercise,
            }
        return initial
