"""Leaving the register: the certificate, and since when."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.enums import DocumentKind
from registry.forms.changes.proof import ProofField, ProvenForm


def _not_in_future(value) -> None:
    if value > timezone.localdate():
        raise ValidationError(_("This day lies in the future."), code="future")


class ExitForm(ProvenForm):
    """At the counter, with the certificate that the local authority gave."""

    proof_kind = DocumentKind.NON_ACTIVITY
    needed: ClassVar = frozenset({"proof"})

    effective_on = forms.DateField(
        label=_("Not working since"),
        required=False,
        validators=[_not_in_future],
        help_text=_("As the certificate says"),
        widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    proof = ProofField(label=_("Certificate of non-activity"))
    explanation = forms.CharField(
        label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def documents(self) -> list:
        return self.scan("proof", self.proof_kind)


class OwnExitForm(ExitForm):
    """From the own space: the person confirms having read what leaving means."""

    proof = ProofField(
        label=_("Certificate of non-activity"),
        help_text=_(
            "A clear picture taken with the telephone is enough. JPEG, PNG or PDF, 10 MB at the most"
        ),
    )
    understood = forms.BooleanField(
        label=_("I have read what leaving means, and I ask to leave the register"),
        error_messages={"required": _("Tick this to ask to leave the register.")},
    )

    field_order = ("proof", "effective_on", "explanation", "understood")


class DeathForm(ExitForm):
    proof_kind = DocumentKind.DEATH

    effective_on = forms.DateField(
        label=_("Date of death"),
        required=False,
        validators=[_not_in_future],
        help_text=_("As the certificate says"),
        widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    proof = ProofField(label=_("Death certificate"))
    explanation = forms.CharField(
        label=_("Who brought the certificate"),
        required=False,
        max_length=200,
        help_text=_("Name and relationship, so that the chamber can write to the family"),
    )
