"""Rules on single values that more than one app needs."""

import re
import string

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NUMBER_FORMAT_PARTS = {"region", "year", "serial", "check"}
# A width of more digits would fill the memory before its result could be found too long.
_SERIAL_SPEC = re.compile(r"(0[1-9]d)?")
_SERIALS = (42, 9_999_999)
_SIGNS = re.compile(r"[A-Za-z0-9./-]+")


def validate_number_format(value: str) -> None:
    """A registration number's format: literal text with the known parts, `{serial}` once.

    Raises:
        ValidationError: unknown part, no region or serial, attribute access or a format that does not format.
    """
    try:
        fields = []
        for _literal, name, spec, conversion in string.Formatter().parse(value):
            if name is None:
                continue
            fields.append(name)
            if conversion or not (_SERIAL_SPEC.fullmatch(spec) if name == "serial" else spec == ""):
                raise ValueError
        if set(fields) - NUMBER_FORMAT_PARTS or fields.count("serial") != 1:
            raise ValueError
        samples = [value.format(region="11", year=2026, serial=serial, check="7") for serial in _SERIALS]
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise ValidationError(
            _("Use {region}, {year}, {serial:06d} and {check} only, with {serial} exactly once."),
            code="number_format",
        ) from error
    if any(len(sample) > 24 or not _SIGNS.fullmatch(sample) for sample in samples):
        raise ValidationError(
            _("A number has at most 24 Latin letters, digits, hyphens, dots or slashes."),
            code="number_format",
        )
    if "region" not in fields:
        raise ValidationError(
            _("Without {region}, two chambers would give the same number."), code="number_format"
        )
