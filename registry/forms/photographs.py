"""An archive of photographs to send."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.tables.archives import ZIP_MAGIC
from core.tables.storing import on_disk
from registry.photograph_archives.entries import names_in


class PhotographsForm(forms.Form):
    """The archive, looked at before it is taken; `total` is how many photographs it holds."""

    file = forms.FileField(
        label=_("Zip archive"),
        help_text=_(
            "Photographs in JPEG, PNG or WebP, each named by the registration number (NIA) or the identity "
            "number of its person: 11-000123-4.jpg, AB123456.jpg. Folders do not matter."
        ),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )
    replace = forms.BooleanField(
        label=_("Replace photographs that are on file"),
        help_text=_("Otherwise whoever has a photograph keeps it."),
        required=False,
    )
    accepted_by_eye = forms.BooleanField(
        label=_("Somebody has looked through these photographs"),
        help_text=_(
            "Those that the machine finds blurred, dark or without a face are taken too. Otherwise they are "
            "left out and reported."
        ),
        required=False,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.PHOTOGRAPHS_MAX_BYTES:
            raise ValidationError(
                _("The file is too large: at most %(megabytes)s MB."),
                code="file_too_large",
                params={"megabytes": settings.PHOTOGRAPHS_MAX_BYTES // (1024 * 1024)},
            )
        start = file.read(len(ZIP_MAGIC))
        file.seek(0)
        if start != ZIP_MAGIC:
            raise ValidationError(_("Send the photographs in one zip archive."), code="kind")
        with on_disk(file) as path:
            self.total = len(names_in(path))
        if not self.total:
            raise ValidationError(_("There is no file in this archive."), code="empty")
        return file
