"""Fields and looks that several forms of meetings share."""

import phonenumbers
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, digits

FRENCH = {"dir": "ltr", "lang": "fr"}
ARABIC = {"dir": "rtl", "lang": "ar"}
LTR = {"dir": "ltr"}
PHONE = {"dir": "ltr", "inputmode": "tel", "autocomplete": "off"}
FIRST_YEAR, LAST_YEAR = 2000, 2100


class LocalMomentField(forms.DateTimeField):
    """A date and a time on Moroccan clocks, as `<input type="datetime-local">` sends them.

    Hours that the change of the clock skips or repeats are refused by Django itself, with a message.
    """

    def __init__(self, **kwargs):
        super().__init__(
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
            widget=forms.DateTimeInput(
                attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M"
            ),
            **kwargs,
        )

    def clean(self, value):
        moment = super().clean(value)
        if moment and not FIRST_YEAR <= timezone.localdate(moment).year <= LAST_YEAR:
            raise forms.ValidationError(_("Check the year."), code="year")
        return moment


class DayField(forms.DateField):
    """A day within reach of planning, as `<input type="date">` sends it."""

    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d"), **kwargs
        )

    def clean(self, value):
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("Check the year."), code="year")
        return day


class PhoneField(forms.CharField):
    """A telephone number, landlines and other countries' too; kept in E.164."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=30, widget=forms.TextInput(attrs=PHONE), **kwargs)

    def clean(self, value) -> str:
        text = digits(clean(super().clean(value)))
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "MA")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise forms.ValidationError(_("This is no telephone number."), code="phone")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
