"""Rules on single values, and the conditions of each kind."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, digits
from registry.enums import PERSON_KINDS, Kind, QualificationKind

# One or two Latin letters, then digits, at most eight characters; there is no check digit.
NATIONAL_ID_PATTERN = r"^[A-Z]{1,2}[0-9]{1,7}$"
OLDEST_AGE = 110
# Law 50.17 and decree 2.21.437: years of actual exercise.
ARTISAN_YEARS = 3
MASTER_ARTISAN_YEARS = 10


def normalise_national_id(text: str) -> str:
    """The identity number as stored: upper case, Western digits, without spaces or hyphens."""
    return "".join(char for char in digits(clean(text)).upper() if char not in " -./")


def validate_birth_date(value: date) -> None:
    today = timezone.localdate()
    if value >= today:
        raise ValidationError(_("The birth date lies in the future."), code="birth_date")
    if today.year - value.year > OLDEST_AGE:
        raise ValidationError(_("The birth date lies too far back: check the year."), code="birth_date")


def validate_qualification(*, kind: str, qualification: str, years: int | None) -> None:
    """The condition of each kind: artisan, a diploma or 3 years; master artisan, 10 years attested.

    Raises:
        ValidationError: keyed by the field to mend, `years_of_exercise` or `qualification_kind`.
    """
    if kind == Kind.MASTER_ARTISAN:
        if qualification != QualificationKind.ATTESTATION:
            raise ValidationError(
                {"qualification_kind": _("A master artisan shows an attestation of actual exercise.")}
            )
        least = MASTER_ARTISAN_YEARS
    elif qualification == QualificationKind.ATTESTATION and kind == Kind.ARTISAN:
        least = ARTISAN_YEARS
    else:
        return
    if years is None or years < least:
        raise ValidationError(
            {
                "years_of_exercise": ValidationError(
                    _("At least %(years)s years of actual exercise are required."), params={"years": least}
                )
            }
        )


def validate_conditions(
    *, kind: str, crafts: int, qualifications: list[tuple[str, int | None]], members: int
):
    """What each kind of registration asks for, over all that was entered (law 50.17, decree 2.21.437).

    `qualifications` are pairs of kind and years; one that meets the condition is enough. The database asks
    the same when an application is approved.

    Raises:
        ValidationError: keyed by `crafts`, `qualifications` or `members`.
    """
    if crafts < 1:
        raise ValidationError({"crafts": _("Choose at least one craft.")})
    if kind == Kind.ENTERPRISE and crafts > 1:
        raise ValidationError({"crafts": _("An enterprise has one craft activity.")})
    if kind == Kind.COOPERATIVE and members < 1:
        raise ValidationError({"members": _("Enter the members of the cooperative.")})
    if kind not in PERSON_KINDS:
        return
    if not qualifications:
        raise ValidationError({"qualifications": _("Enter a diploma or an attestation of exercise.")})
    refusals = []
    for qualification, years in qualifications:
        try:
            validate_qualification(kind=kind, qualification=qualification, years=years)
        except ValidationError as error:
            refusals.append(error)
        else:
            return
    raise ValidationError({"qualifications": refusals[0].messages})
