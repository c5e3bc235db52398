import base64
import binascii
import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts import FIELDS
from core.arabic import compact_number
from core.audit_labels import choices as action_choices
from core.images import ReencodedDocument, is_blank, reencode_document, reencode_image
from core.models import Chamber, Region, User
from core.roles import REGIONAL_ROLES, Role

NUMBERS = {"dir": "ltr", "inputmode": "numeric"}
# Identity card, residence card or passport: letters and digits.
_PAPER_NUMBER = re.compile(r"[A-Z0-9]{4,16}")
_DATA_URL = "data:image/png;base64,"
_SIGNATURE_MOST = 400_000
_SIGNATURE_SIZE = (800, 400)


class PaperNumberField(forms.CharField):
    """The number of an identity paper, of whatever kind; cleaned to its letters and digits."""

    def __init__(self, **kwargs):
        looks = {"dir": "ltr", "autocapitalize": "characters", "autocomplete": "off"}
        kwargs.setdefault("help_text", _("As on the identity card, the residence card or the passport."))
        super().__init__(max_length=20, widget=forms.TextInput(attrs=looks), **kwargs)

    def clean(self, value: Any) -> str:
        number = compact_number(super().clean(value))
        if number and not _PAPER_NUMBER.fullmatch(number):
            raise ValidationError(_("Give the number as it stands on the paper: letters and digits."))
        return number


class ScanField(forms.FileField):
    """A picture or a PDF of a paper, saved anew."""

    def __init__(self, **kwargs):
        accepted = {"accept": "image/jpeg,image/png,application/pdf"}
        kwargs.setdefault("help_text", _("JPEG, PNG or PDF, 10 MB at the most"))
        super().__init__(widget=forms.FileInput(attrs=accepted), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> ReencodedDocument | None:
        sent = super().clean(data, initial)
        return reencode_document(sent) if sent else None


class SignatureField(forms.CharField):
    """What was drawn on the screen (`components/signature.html`), as a PNG of our own."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.HiddenInput, **kwargs)
        self.error_messages["required"] = _("Whoever receives the card signs on the screen.")

    def clean(self, value: Any) -> ContentFile | None:
        sent = super().clean(value)
        if not sent:
            return None
        if not sent.startswith(_DATA_URL) or len(sent) > _SIGNATURE_MOST:
            raise ValidationError(_("The signature could not be read. Sign again."))
        try:
            content = base64.b64decode(sent.removeprefix(_DATA_URL), validate=True)
        except binascii.Error as error:
            raise ValidationError(_("The signature could not be read. Sign again.")) from error
        drawn = reencode_image(ContentFile(content), max_size=_SIGNATURE_SIZE)
        if is_blank(drawn):
            raise ValidationError(self.error_messages["required"], code="required")
        return drawn


class AuditFilterForm(forms.Form):
    """The audit trail's filters; an invalid one filters nothing and says so beside the field."""

    actor = forms.CharField(label=_("Who"), required=False, max_length=120)
    action = forms.ChoiceField(label=_("Action"), required=False)
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.all(), required=False)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=120)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("All")), *action_choices()]

    def apply(self, events: QuerySet) -> QuerySet:
        self.is_valid()
        wanted = self.cleaned_data
        if actor := wanted.get("actor"):
            events = events.filter(actor_name__icontains=actor)
        if action := wanted.get("action"):
            events = events.filter(action=action)
        if region := wanted.get("region"):
            events = events.filter(region_code=region.code)
        if subject := wanted.get("subject"):
            events = events.filter(subject_label__icontains=subject)
        if since := wanted.get("since"):
            events = events.filter(happened_at__date__gte=since)
        if until := wanted.get("until"):
            events = events.filter(happened_at__date__lte=until)
        return events


class AccountFilterForm(forms.Form):
    """Which accounts are shown."""

    role = forms.ChoiceField(label=_("Role"), required=False)
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.all(), required=False)
    closed = forms.BooleanField(label=_("Closed accounts"), required=False)

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("All")), *_roles_of(by)]
        if not by.sees_all_regions:
            del self.fields["region"]

    def apply(self, accounts: QuerySet) -> QuerySet:
        self.is_valid()
        wanted = self.cleaned_data
        if role := wanted.get("role"):
            accounts = accounts.filter(roles__contains=[role])
        if region := wanted.get("region"):
            accounts = accounts.filter(region=region)
        return accounts.filter(is_active=not wanted.get("closed"))


class AccountForm(forms.Form):
    """A staff account, as far as `by` may grant. The user name is given once and stays."""

    username = forms.RegexField(
        r"^[a-z][a-z0-9._-]{2,59}\Z",
        label=_("User name"),
        help_text=_("Small Latin letters, digits, dots and hyphens; it is never changed."),
        error_messages={"invalid": _("Three small Latin letters or more, digits, dots and hyphens.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "none"}),
    )
    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=120)
    name_latin = forms.CharField(
        label=_("Name in Latin letters"), max_length=120, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.all(),
        required=False,
        help_text=_("Empty only for the national administration and auditors of the whole country."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Mobile telephone"),
        required=False,
        max_length=16,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args, by: User, account: User | None = None, **kwargs):
        self.by, self.account = by, account
        if account:
            kwargs["initial"] = {name: getattr(account, name) for name in FIELDS}
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = _roles_of(by)
        if account:
            del self.fields["username"]
        if not by.sees_all_regions:
            del self.fields["region"]

    def clean_username(self):
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("Somebody has this user name already."), code="taken")
        return username

    def clean(self):
        cleaned = super().clean()
        needs_region = "region" in self.fields and REGIONAL_ROLES & set(cleaned.get("roles") or ())
        if needs_region and not cleaned.get("region") and "region" not in self.errors:
            self.add_error("region", _("This role needs a region."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What `core.accounts` takes; a regional account gives its own region."""
        return {"region": self.by.region} | {
            name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data
        }


def _roles_of(user: User) -> list[tuple[str, str]]:
    return [(role.value, role.label) for role in Role if role in user.grantable_roles]


class ChamberForm(forms.ModelForm):
    # Plain file fields: `core.images` checks the content and says in words what is wrong with it.
    logo = forms.FileField(
        label=_("Logo or emblem"),
        required=False,
        help_text=_("PNG or JPEG, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    signature = forms.FileField(
        label=_("Picture of the signature"),
        required=False,
        help_text=_("PNG or JPEG, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    class Meta:
        model = Chamber
        fields = [
            "name_ar",
            "name_fr",
            "address_ar",
            "address_fr",
            "phone",
            "logo",
            "signatory_name_ar",
            "signatory_name_fr",
            "signatory_title_ar",
            "signatory_title_fr",
            "signature",
            "number_format",
            "card_validity_months",
            "separate_maker_and_checker",
            "photograph_on_verification",
        ]
        widgets = {
            "name_fr": forms.TextInput(attrs={"dir": "ltr"}),
            "address_fr": forms.TextInput(attrs={"dir": "ltr"}),
            "phone": forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
            "signatory_name_fr": forms.TextInput(attrs={"dir": "ltr"}),
            "signatory_title_fr": forms.TextInput(attrs={"dir": "ltr"}),
            "number_format": forms.TextInput(attrs={"dir": "ltr"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(
                _("Names and address"), "name_ar", "name_fr", "address_ar", "address_fr", "phone", "logo"
            ),
            Fieldset(
                _("Signatory of cards and letters"),
                "signatory_name_ar",
                "signatory_name_fr",
                "signatory_title_ar",
                "signatory_title_fr",
                "signature",
            ),
            Fieldset(
                _("Rules that the chamber sets"),
                "number_format",
                "card_validity_months",
                "separate_maker_and_checker",
                "photograph_on_verification",
            ),
        )

    def clean_logo(self):
        return self._picture("logo")

    def clean_signature(self):
        return self._picture("signature")

    def changes(self) -> dict[str, Any]:
        """Only what was sent and differs."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def _picture(self, name: str):
        upload = self.cleaned_data.get(name)
        return reencode_image(upload) if upload and name in self.files else upload
