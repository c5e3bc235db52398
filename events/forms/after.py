"""Forms of what is noted on the day and written afterwards: questions, follow-ups, releases, photographs."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from core.images import ReencodedDocument, reencode_document
from core.models import ServiceDomain, User
from core.roles import ROLE_PERMISSIONS, Permission
from events.actions import FOLLOW_UP_FIELDS, PHOTOGRAPH_FIELDS, QUESTION_FIELDS
from events.enums import CeremonyRole
from events.models import FollowUp, Meeting, MeetingPhotograph, PressRelease, Question

_ANY_LANGUAGE = {"dir": "auto"}


def _plain_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    return helper


class QuestionForm(forms.ModelForm):
    """A question from the floor; who asked it is not kept."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Question
        fields = QUESTION_FIELDS
        widgets = {
            "text": forms.Textarea(attrs=_ANY_LANGUAGE | {"rows": 3}),
            "answer": forms.Textarea(attrs=_ANY_LANGUAGE | {"rows": 3}),
            "answerer_name": forms.TextInput(attrs=_ANY_LANGUAGE),
        }
        help_texts = {"text": _("What was asked, without the name of who asked.")}

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answerer"].queryset = meeting.invitations.standing().named().with_people()
        self.fields["domain"].queryset = ServiceDomain.objects.all()
        self.fields["answer"].required = False
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        self.helper = _plain_helper()


class FollowUpForm(forms.ModelForm):
    """Who sees to it, and by when."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = FollowUp
        fields = FOLLOW_UP_FIELDS
        widgets = {
            "text": forms.Textarea(attrs=_ANY_LANGUAGE | {"rows": 3}),
            "owner_name": forms.TextInput(attrs=_ANY_LANGUAGE),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"owner": _("Reminders go to this account's e-mail, else to who entered it.")}

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [role for role, given in ROLE_PERMISSIONS.items() if Permission.VIEW_MEETINGS in given]
        staff = User.objects.filter(roles__overlap=roles, region_id=meeting.region_id, is_active=True)
        self.fields["owner"].queryset = staff.order_by("username")
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        self.helper = _plain_helper()


class AnnexForm(forms.Form):
    title = forms.CharField(
        label=_("Title of the annex"),
        max_length=120,
        initial=_("Attendance sheet with signatures"),
        widget=forms.TextInput(attrs=_ANY_LANGUAGE),
    )
    scan = forms.FileField(
        label=_("Scan"),
        help_text=_("JPEG, PNG or PDF, 10 MB at the most"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )

    def clean_scan(self) -> ReencodedDocument:
        return reencode_document(self.cleaned_data["scan"])


class PressForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = PressRelease
        fields = ("title", "body")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = self.instance.language
        attrs = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
        self.fields["title"].widget = forms.TextInput(attrs=attrs | {"maxlength": 200})
        self.fields["body"].widget = forms.Textarea(attrs=attrs | {"rows": 24})
        self.fields["version"].initial = self.instance.version
        self.helper = _plain_helper()


class PhotographForm(forms.ModelForm):
    """`file` is asked for where a photograph is added; it is saved anew by the view."""

    picture = forms.FileField(
        label=_("Picture of the meeting"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP. It is saved anew, without the place and the time of taking."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = MeetingPhotograph
        fields = PHOTOGRAPH_FIELDS
        widgets = {
            "caption_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
            "caption_fr": forms.TextInput(attrs={"dir": "ltr", "lang": "fr"}),
            "consent": forms.RadioSelect,
            "consent_note": forms.TextInput(attrs=_ANY_LANGUAGE),
        }
        help_texts = {"consent_note": _("For instance: signed sheet of the day, kept at the chamber.")}

    field_order = ("picture", *PHOTOGRAPH_FIELDS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        if self.instance.pk:
            del self.fields["picture"]
        self.helper = _plain_helper()


class CeremonyForm(forms.Form):
    """Somebody to call to the stage, by a number of theirs."""

    number = forms.CharField(
        label=_("Registration number or card's serial number"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Called as"), choices=CeremonyRole)
