"""What is typed at a partner's counter."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CheckForm(forms.Form):
    """A card at a partner's counter: scanned by hand scanner or camera, or its number typed."""

    card = forms.CharField(
        label=_("Card or voucher"),
        max_length=600,
        help_text=_("Scan the code on the card or the voucher, or type its number"),
        widget=forms.TextInput(
            attrs={
                "dir": "ltr",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
