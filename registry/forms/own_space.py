"""What artisans choose for themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.enums import MessageChannel
from registry.models import Registrant


class ChannelForm(forms.Form):
    """Only ways that lead somewhere are offered: an e-mail needs an address on file."""

    channel = forms.ChoiceField(label=_("How to tell me"), choices=MessageChannel, widget=forms.RadioSelect)

    def __init__(self, *args, registrant: Registrant, **kwargs):
        super().__init__(*args, **kwargs)
        known = {MessageChannel.SMS: registrant.phone, MessageChannel.EMAIL: registrant.email}
        self.fields["channel"].choices = [
            (one.value, one.label) for one in MessageChannel if known.get(one, True)
        ]
        if not registrant.email:
            self.fields["channel"].help_text = _("The chamber enters an e-mail address in your file.")
        if not self.initial.get("channel"):
            self.initial["channel"] = self.fields["channel"].choices[0][0]
