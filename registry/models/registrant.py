"""People and organisations on the national register, and those who ask to be."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.arabic import fold
from core.models import Commune, Region
from core.validators import validate_phone
from registry.enums import (
    ORGANISATION_KINDS,
    PERSON_KINDS,
    CardStanding,
    ConsentPurpose,
    Flag,
    Gender,
    Kind,
    RegistrantState,
)
from registry.models.craft import Craft
from registry.models.photograph import PhotographBands, PhotographField
from registry.querysets import RegistrantQuerySet
from registry.validators import NATIONAL_ID_PATTERN, validate_birth_date

NAME_FIELDS = (
    "given_name_ar",
    "family_name_ar",
    "given_name_latin",
    "family_name_latin",
    "organisation_name_ar",
    "organisation_name_latin",
)


class ArabicNameKey(Func):
    """The Arabic name in a `name_key`, the organisation's or else the person's, for an index by commune."""

    template = (
        "(CASE WHEN split_part(%(expressions)s, '|', 5) <> '' THEN split_part(%(expressions)s, '|', 5) "
        "ELSE split_part(%(expressions)s, '|', 1) || '|' || split_part(%(expressions)s, '|', 2) END)"
    )
    output_field = models.TextField()


class Registrant(models.Model):
    """One entry of the register. A candidate has no number; everyone else has one for ever."""

    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.ARTISAN)
    state = models.CharField(
        _("State"), max_length=12, choices=RegistrantState, default=RegistrantState.CANDIDATE
    )
    nia = models.CharField(_("Registration number (NIA)"), max_length=24, null=True, blank=True, unique=True)
    # The number without separators: people type it with or without them.
    nia_compact = models.GeneratedField(
        expression=Func(Upper("nia"), Value("[^A-Z0-9]"), Value(""), Value("g"), function="regexp_replace"),
        output_field=models.CharField(max_length=24, null=True),
        db_persist=True,
        unique=True,
    )
    # Indexes below begin with each: one of its own would only be written once more for every person.
    region = models.ForeignKey(Region, verbose_name=_("Region"), on_delete=models.PROTECT, db_index=False)
    commune = models.ForeignKey(Commune, verbose_name=_("Commune"), on_delete=models.PROTECT, db_index=False)
    address = models.CharField(_("Address of the workplace"), max_length=200, blank=True)

    given_name_ar = models.CharField(_("Given name in Arabic"), max_length=60)
    family_name_ar = models.CharField(_("Family name in Arabic"), max_length=60)
    given_name_latin = models.CharField(_("Given name in Latin letters"), max_length=60)
    family_name_latin = models.CharField(_("Family name in Latin letters"), max_length=60)
    organisation_name_ar = models.CharField(_("Organisation's name in Arabic"), max_length=120, blank=True)
    organisation_name_latin = models.CharField(
        _("Organisation's name in Latin letters"), max_length=120, blank=True
    )
    name_key = models.TextField(editable=False)

    gender = models.CharField(_("Gender"), max_length=6, choices=Gender)
    birth_date = models.DateField(_("Birth date"), validators=[validate_birth_date])
    national_id = models.CharField(_("National identity number"), max_length=8)
    phone = models.CharField(_("Mobile telephone"), max_length=16, validators=[validate_phone])
    email = models.EmailField(_("E-mail"), blank=True)

    crafts = models.ManyToManyField(Craft, through="RegistrantCraft", related_name="registrants")
    supervisor = models.ForeignKey(
        "self",
        verbose_name=_("Supervising artisan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supervised",
    )
    # What stands beside the state; `registry.actions.flags` keeps it.
    flags = ArrayField(
        models.CharField(max_length=20, choices=Flag), verbose_name=_("Flags"), default=list, blank=True
    )
    # Told by the cards through `registry.actions`, so that lists can filter by it without asking them.
    card_standing = models.CharField(
        _("Card"), max_length=12, choices=CardStanding, default=CardStanding.NONE, editable=False
    )
    # The day it was told; empty where the cards spoke before the register kept the day.
    card_standing_since = models.DateField(null=True, editable=False)
    # Where two entries turned out to be one person: the one that stays.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", editable=False
    )
    photograph = PhotographField(_("Photograph"), upload_to="photographs/%Y/%m/", blank=True)
    photograph_hash = models.BigIntegerField(null=True, blank=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrant"
    )
    registered_on = models.DateField(_("Registered on"), null=True, blank=True)
    # Empty where the chamber has set no length of a registration.
    valid_until = models.DateField(_("Registration valid until"), null=True, blank=True)
    # From then on the row holds a number and figures, and nobody's name.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    # Counts changes, so that two people who have the same form open do not overwrite each other.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RegistrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("registrant")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RegistrantState.CANDIDATE, nia__isnull=True, registered_on__isnull=True)
                | (~Q(state=RegistrantState.CANDIDATE) & Q(nia__isnull=False, registered_on__isnull=False)),
                name="registrant_number_goes_with_state",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=ORGANISATION_KINDS)
                | (~Q(organisation_name_ar="") & ~Q(organisation_name_latin="")),
                name="registrant_organisation_has_name",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.ENTERPRISE) | Q(supervisor__isnull=False),
                name="registrant_enterprise_has_supervisor",
            ),
            models.CheckConstraint(
                condition=~Q(supervisor=F("id")), name="registrant_supervisor_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(national_id__regex=NATIONAL_ID_PATTERN)
                | Q(national_id="", erased_at__isnull=False),
                name="registrant_national_id_form",
            ),
            # Without its key nobody would be found by name.
            models.CheckConstraint(
                condition=Q(name_key__regex=r"^([^|]*\|){5}[^|]*$"), name="registrant_name_key_form"
            ),
            models.UniqueConstraint(
                fields=["national_id"],
                condition=Q(kind__in=PERSON_KINDS, erased_at__isnull=True, merged_into__isnull=True),
                name="registrant_national_id_once",
                violation_error_message=_("Somebody with this identity number is on file already."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (
                    ~Q(merged_into=F("id"))
                    & Q(state__in=[RegistrantState.CANDIDATE, RegistrantState.STRUCK_OFF])
                ),
                name="registrant_merged_is_out_of_force",
            ),
        ]
        indexes = [
            models.Index(F("commune"), ArabicNameKey(F("name_key")), name="registrant_commune_name"),
            GinIndex(
                PhotographBands(F("photograph_hash")),
                name="registrant_photograph_bands",
                condition=Q(photograph_hash__isnull=False),
            ),
            models.Index(fields=["region", "-id"], name="registrant_region"),
            models.Index(fields=["region", "state", "-id"], name="registrant_region_state"),
            models.Index(fields=["national_id"], name="registrant_national_id"),
            models.Index(fields=["phone"], name="registrant_phone"),
            models.Index(fields=["birth_date"], name="registrant_birth_date"),
            GinIndex(fields=["flags"], name="registrant_flags"),
            # What is to be renewed, soonest first.
            models.Index(
                fields=["region", "valid_until"],
                condition=Q(valid_until__isnull=False),
                name="registrant_renewal",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name_key = self.make_name_key()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_key", "updated_at"}
            if "photograph" in kwargs["update_fields"]:
                kwargs["update_fields"].add("photograph_hash")
        super().save(*args, **kwargs)

    @property
    def person_name_ar(self) -> str:
        return f"{self.given_name_ar} {self.family_name_ar}"

    @property
    def person_name_latin(self) -> str:
        return f"{self.given_name_latin} {self.family_name_latin}"

    @property
    def person_name(self) -> str:
        """The person's name in the reader's language, also where an organisation's comes first."""
        arabic = (get_language() or "ar").startswith("ar")
        return self.person_name_ar if arabic else self.person_name_latin

    @property
    def name_ar(self) -> str:
        """What the card and the lists show in Arabic: the organisation's name, else the person's."""
        return self.organisation_name_ar or self.person_name_ar

    @property
    def name_latin(self) -> str:
        return self.organisation_name_latin or self.person_name_latin

    @property
    def name(self) -> str:
        return self.name_ar if (get_language() or "ar").startswith("ar") else self.name_latin

    @property
    def other_name(self) -> str:
        """The name in the script that `name` is not in."""
        return self.name_latin if (get_language() or "ar").startswith("ar") else self.name_ar

    def agrees_to(self, purpose: ConsentPurpose) -> bool:
        """Whether this consent stands today."""
        return self.consents.in_force(purpose).exists()

    @property
    def is_organisation(self) -> bool:
        return self.kind in ORGANISATION_KINDS

    @property
    def principal_craft(self) -> Craft | None:
        return next((link.craft for link in self.craft_links.all() if link.is_principal), None)

    def make_name_key(self) -> str:
        """All names as they are compared, each between bars so that words of two names never join."""
        return "|".join(fold(getattr(self, field)) for field in NAME_FIELDS)


class RegistrantCraft(models.Model):
    """A craft that a registrant exercises; one of them is the principal, printed on the card."""

    registrant = models.ForeignKey(
        Registrant, on_delete=models.CASCADE, related_name="craft_links", db_index=False
    )
    craft = models.ForeignKey(Craft, on_delete=models.PROTECT, related_name="registrant_links")
    is_principal = models.BooleanField(_("Principal"), default=False)

    class Meta:
        ordering = ["-is_principal", "id"]
        constraints = [
            models.UniqueConstraint(fields=["registrant", "craft"], name="registrant_craft_once"),
            models.UniqueConstraint(
                fields=["registrant"], condition=Q(is_principal=True), name="registrant_one_principal_craft"
            ),
        ]

    def __str__(self) -> str:
        return str(self.craft)
