"""Rules on single values that more than one app needs."""

import re
import string

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, digits

NUMBER_FORMAT_PARTS = {"region", "year", "serial", "check"}
# A width of more digits would fill the memory before its result could be found too long.
_SERIAL_SPEC = re.compile(r"(0[1-9]d)?")
_SERIALS = (42, 9_999_999)
_SIGNS = re.compile(r"[A-Za-z0-9./-]+")
# As most are written: no need to look for what else it might be, which takes most of the time.
_USUAL_PHONE = re.compile(r"(?:0|00212|\+212)([1-9][0-9]{8})")


# No key is longer, and of a much longer one Python makes no number at all.
_KEY_DIGITS = 18


def record_key(text: str | None) -> int | None:
    """A record's key or version as a form or an address sends it; None for what no record can have."""
    known = bool(text) and text.isascii() and text.isdigit() and len(text) <= _KEY_DIGITS
    return int(text) if known else None


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


def normalise_phone(text: str) -> str:
    """A Moroccan telephone number in E.164.

    Raises:
        ValidationError: not a number that exists in the Moroccan plan.
    """
    message = _("Give a Moroccan number of ten digits, such as 06 61 23 45 67.")
    text = digits(clean(text))
    if usual := _USUAL_PHONE.fullmatch(text):
        number = phonenumbers.PhoneNumber(country_code=212, national_number=int(usual[1]))
    else:
        try:
            number = phonenumbers.parse(text, "MA")
        except phonenumbers.NumberParseException as error:
            raise ValidationError(message, code="phone") from error
    if number.country_code != 212 or not phonenumbers.is_valid_number(number):
        raise ValidationError(message, code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def validate_phone(value: str) -> None:
    if normalise_phone(value) != value:
        raise ValidationError(_("Give the number as +212 and nine digits."), code="phone")
