"""Entries that may be one person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DuplicateReason(TextChoices):
    """Why two entries may be one person; `registry.duplicates.scoring` weighs them."""

    NATIONAL_ID = "national_id", _("Same identity number")
    SAME_NAME_AND_BIRTH = "same_name_and_birth", _("Same name, same birth date")
    PHOTOGRAPH = "photograph", _("Same photograph")
    NATIONAL_ID_SIMILAR = "national_id_similar", _("Identity number differs by one character")
    NAME_AND_BIRTH = "name_and_birth", _("Similar name, same birth date")
    NAME_AND_NEAR_BIRTH = "name_and_near_birth", _("Same name, birth date nearly the same")
    NAME_AND_COMMUNE = "name_and_commune", _("Same or similar name, same commune")
    PHONE = "phone", _("Same telephone")


class PairState(TextChoices):
    """What was found of two entries that may be one person."""

    OPEN = "open", _("To compare")
    NOT_SAME = "not_same", _("Not the same")
    MERGED = "merged", _("Merged")
