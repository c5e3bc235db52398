"""The directory of who is invited again and again: institutions, and people by their function in one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.arabic import fold
from core.models import Region
from core.models.territory import BilingualName
from events.bilingual import in_readers_language
from events.enums import GuestCategory
from events.querysets import GuestQuerySet
from registry.models import Registrant


class Institution(BilingualName):
    """An institution whose people are invited, or which is invited as such and sends whom it chooses."""

    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=16, blank=True)
    name_key = models.TextField(editable=False, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name_ar"]
        verbose_name = _("institution")
        constraints = [models.UniqueConstraint(fields=["name_ar"], name="institution_once")]

    def save(self, **options) -> None:
        self.name_key = "|".join(fold(name) for name in (self.name_ar, self.name_fr))
        super().save(**_with_key(options))


class Guest(models.Model):
    """Somebody in the directory: a function in an institution, and who holds it where the name is known.

    What a meeting printed stays as it was: its invitations keep the name and the function of their day.
    """

    name_ar = models.CharField(_("Name in Arabic"), max_length=120, blank=True)
    name_fr = models.CharField(_("Name in Latin letters"), max_length=120, blank=True)
    title_ar = models.CharField(_("Function in Arabic"), max_length=160)
    title_fr = models.CharField(_("Function in French"), max_length=160, blank=True)
    institution = models.ForeignKey(
        Institution, verbose_name=_("Institution"), on_delete=models.PROTECT, related_name="guests"
    )
    category = models.CharField(
        _("Category"), max_length=16, choices=GuestCategory, default=GuestCategory.OFFICIAL
    )
    # Empty for who is invited everywhere, such as the secretariat's directors.
    region = models.ForeignKey(
        Region, verbose_name=_("Region"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Elected members of a chamber are artisans themselves, and come with their card.
    registrant = models.ForeignKey(
        Registrant,
        verbose_name=_("Entry in the register"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Mobile telephone"), max_length=16, blank=True)
    is_active = models.BooleanField(_("Still invited"), default=True)
    # All of it as it is compared, for the directory's search.
    name_key = models.TextField(editable=False, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["institution__name_ar", "pk"]
        verbose_name = _("guest")
        constraints = [
            models.CheckConstraint(condition=~Q(title_ar=""), name="guest_has_title"),
            models.UniqueConstraint(
                fields=["institution", "title_ar", "name_ar"],
                condition=Q(is_active=True),
                name="guest_once",
                violation_error_message=_("This guest is in the directory already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.title

    def save(self, **options) -> None:
        words = (self.name_ar, self.name_fr, self.title_ar, self.title_fr)
        self.name_key = "|".join(fold(word) for word in words)
        super().save(**_with_key(options))

    @property
    def name(self) -> str:
        return in_readers_language(self.name_ar, self.name_fr)

    @property
    def title(self) -> str:
        return in_readers_language(self.title_ar, self.title_fr)


def _with_key(options: dict) -> dict:
    """Options of `save` that write the key with whatever else is written."""
    fields = options.get("update_fields")
    return options | {"update_fields": {*fields, "name_key"}} if fields is not None else options
