"""What is entered of craft bodies, their assemblies, bureaus and members."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, is_arabic, is_latin
from core.images import reencode_document
from core.models import Province, Region, User
from registry.enums import BodyDocumentKind, BodyLevel, Convoked, GroundProcedure, Post
from registry.models import CraftBody, CraftBranch, FoundingAssembly, Ground, Registrant

DAY = {"type": "date"}


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **kwargs)


class PersonNumberField(forms.CharField):
    """The NIA or identity number of somebody on the register; gives the registrant."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("NIA or identity number"))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "maxlength": 40})
        )
        super().__init__(**kwargs)

    def clean(self, value):
        text = clean(super().clean(value))
        if not text:
            return None
        person = Registrant.objects.by_sign_in_name(text)
        if person is None:
            raise ValidationError(_("Nobody on the register has this number."), code="unknown")
        return person


class BodyForm(forms.Form):
    """A body to plan: level, branch and territory."""

    level = forms.ChoiceField(label=_("Level"), choices=BodyLevel.choices, widget=forms.RadioSelect)
    branch = forms.ModelChoiceField(label=_("Branch"), queryset=CraftBranch.objects.none())
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.all(), required=False)
    province = forms.ModelChoiceField(
        label=_("Province or prefecture"),
        queryset=Province.objects.none(),
        required=False,
        help_text=_("For a provincial body"),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["branch"].queryset = CraftBranch.objects.filter(craft_list__is_current=True)
        provinces = Province.objects.with_communes().select_related("region")
        if not user.sees_all_regions:
            del self.fields["region"]
            provinces = provinces.filter(region_id=user.region_id)
            self.fields["level"].choices = [
                choice for choice in BodyLevel.choices if choice[0] != BodyLevel.NATIONAL
            ]
        self.fields["province"].queryset = provinces

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        level, province = cleaned.get("level"), cleaned.get("province")
        region = self.user.region if "region" not in self.fields else cleaned.get("region")
        if level == BodyLevel.PROVINCIAL:
            if not province and "province" not in self.errors:
                self.add_error("province", _("A provincial body needs its province."))
            elif province:
                region = province.region
        elif level == BodyLevel.REGIONAL:
            province = None
            if not region and "region" not in self.errors:
                self.add_error("region", _("A regional body needs its region."))
        else:
            region = province = None
        return cleaned | {"region": region, "province": province}


class InvitationForm(forms.ModelForm):
    """When and where an assembly meets, and who is called."""

    starts_at = forms.DateTimeField(
        label=_("Starts"),
        help_text=_("Moroccan time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    convoked = forms.ChoiceField(label=_("Who is called"), widget=forms.RadioSelect)

    class Meta:
        model = FoundingAssembly
        fields = ["starts_at", "venue_ar", "venue_fr", "convoked", "proxies_each"]
        widgets = {
            "venue_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
            "venue_fr": forms.TextInput(attrs={"dir": "ltr", "lang": "fr"}),
            "proxies_each": forms.NumberInput(attrs={"dir": "ltr", "max": 20}),
        }

    def __init__(self, *args, body: CraftBody, counts: dict[str, int], **kwargs):
        super().__init__(*args, **kwargs)
        choices = [
            (value, f"{label} ({counts[value]})") for value, label in Convoked.choices if value in counts
        ]
        self.fields["convoked"].choices = choices
        self.fields["convoked"].initial = Convoked.PERSONS
        self.fields["proxies_each"].max_value = 20

    def clean_starts_at(self):
        moment = self.cleaned_data["starts_at"]
        if not 2020 <= timezone.localtime(moment).year <= timezone.localdate().year + 3:
            raise ValidationError(_("Check the year."), code="year")
        return moment

    def clean_proxies_each(self):
        proxies = self.cleaned_data["proxies_each"]
        if proxies > 20:
            raise ValidationError(_("At most 20."), code="max")
        return proxies

    def clean_venue_ar(self):
        if is_latin(self.cleaned_data["venue_ar"]):
            raise ValidationError(_("Write this name in Arabic letters."), code="not_arabic")
        return self.cleaned_data["venue_ar"]

    def clean_venue_fr(self):
        if is_arabic(self.cleaned_data["venue_fr"]):
            raise ValidationError(_("Write this name in Latin letters."), code="not_latin")
        return self.cleaned_data["venue_fr"]


class FactsForm(forms.ModelForm):
    """What the minutes say of the vote."""

    class Meta:
        model = FoundingAssembly
        fields = ["ballots", "blank_ballots", "statutes_adopted", "note"]
        widgets = {
            "ballots": forms.NumberInput(attrs={"dir": "ltr"}),
            "blank_ballots": forms.NumberInput(attrs={"dir": "ltr"}),
            "note": forms.Textarea(attrs={"rows": 3, "maxlength": 4000}),
        }


class CandidateForm(forms.Form):
    """A candidate by number, with votes and the post that goes with them."""

    number = forms.CharField(
        label=_("NIA, identity number or place on the list"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    votes = forms.IntegerField(
        label=_("Votes"), min_value=0, max_value=1_000_000, widget=forms.NumberInput(attrs={"dir": "ltr"})
    )
    post = forms.ChoiceField(label=_("Post"), required=False, choices=[("", _("Not elected")), *Post.choices])


class PostForm(forms.Form):
    """A post of the bureau, given to a member."""

    person = PersonNumberField()
    post = forms.ChoiceField(label=_("Post"), choices=Post.choices)
    starts_on = DayField(label=_("From"))


class EndMandateForm(forms.Form):
    """The end of a mandate before its time."""

    ends_on = DayField(label=_("First day on which the post is free"))
    ground = forms.ModelChoiceField(label=_("Ground"), queryset=Ground.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, region_id: str | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ground"].queryset = Ground.objects.offered(region_id, GroundProcedure.MANDATE_END)


class MemberForm(forms.Form):
    """Somebody who joins."""

    person = PersonNumberField()
    joined_on = DayField(label=_("Member since"))


class EndingForm(forms.Form):
    """A membership or a body that ends on a day, with a reason."""

    day = DayField(label=_("On"))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class BodyDocumentForm(forms.Form):
    """A scan; what is stored is made anew from it."""

    kind = forms.ChoiceField(label=_("Document"), choices=BodyDocumentKind.choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG or PNG, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def clean_file(self):
        return reencode_document(self.cleaned_data["file"])
