"""Rules on single values that more than one app needs."""

import string

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NUMBER_FORMAT_PARTS = {"region", "year", "serial", "check"}


def validate_number_format(value: str) -> None:
    """A registration number's format: literal text with the known parts, `{serial}` once.

    Raises:
        ValidationError: unknown part, no serial, attribute access or a format that does not format.
    """
    try:
        fields = [
            name for _literal, name, _spec, _conv in string.Formatter().parse(value) if name is not None
        ]
        if set(fields) - NUMBER_FORMAT_PARTS or fields.count("serial") != 1:
            raise ValueError
        sample = value.format(region="11", year=2026, serial=42, check="7")
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise ValidationError(
            _("Use {region}, {year}, {serial:06d} and {check} only, with {serial} exactly once."),
            code="number_format",
        ) from error
    if len(sample) > 24 or any(not (char.isascii() and (char.isalnum() or char in "-/.")) for char in sample):
        raise ValidationError(
            _("A number has at most 24 Latin letters, digits, hyphens, dots or slashes."),
            code="number_format",
        )
