"""Forms with files: each saved anew at once, and kept when another field did not pass."""

from collections.abc import Callable
from typing import ClassVar

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from core import pending_uploads
from core.models import User

_MISSING = _("Send this document: the request cannot be decided on without it.")
SCAN_TYPES = "image/jpeg,image/png,application/pdf"


class ProofField(forms.FileField):
    """A scan that proves something."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("JPEG, PNG or PDF, 10 MB at the most"))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": SCAN_TYPES}))
        super().__init__(**kwargs)


class UploadsForm(forms.Form):
    """A form with files. `saved_anew` says how each is checked; `needed` which may not be missing."""

    saved_anew: ClassVar[dict[str, Callable]] = {}
    needed: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args, user: User, **kwargs):
        self.user = user
        self.uploads: dict[str, tuple[ContentFile, str]] = {}
        super().__init__(*args, **kwargs)
        self.fields.update(self.more_fields())
        for name in self.saved_anew:
            self.fields[f"{name}_key"] = forms.CharField(required=False, widget=forms.HiddenInput)
        for name in self.needed:
            # What is kept already need not be sent again.
            self.fields[name].required = not self.data.get(f"{name}_key")
            self.fields[name].error_messages["required"] = _MISSING

    def clean(self):
        cleaned = super().clean()
        for name, save_anew in self.saved_anew.items():
            self._take(name, save_anew)
        return cleaned

    def more_fields(self) -> dict[str, forms.Field]:
        """Fields known only when the form is made; its `saved_anew` and `needed` may be set here."""
        return {}

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
        return set(self.uploads)

    def _take(self, name: str, save_anew: Callable) -> None:
        sent = self.cleaned_data.get(name)
        try:
            if sent:
                self.uploads[name] = save_anew(sent)
            elif kept := pending_uploads.fetch(user_id=self.user.pk, key=self.data.get(f"{name}_key", "")):
                self.uploads[name] = kept
        except forms.ValidationError as error:
            self.add_error(name, error)
        if name in self.needed and name not in self.uploads and name not in self.errors:
            self.add_error(name, _MISSING)
