"""How many the directorate wants on the register of a province by the end of a year."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Province
from core.scoping import RegionScopedQuerySet

FIRST_YEAR, LAST_YEAR = 2021, 2100
MOST = 10_000_000


class TargetQuerySet(RegionScopedQuerySet):
    region_lookup = "province__region_id"

    def of_year(self, year: int) -> dict[str, "RegistrationTarget"]:
        """The targets of a year by the province's code; a province without one is not there."""
        return {target.province_id: target for target in self.filter(year=year)}

    def in_force(self, day: date) -> dict[str, int]:
        """The numbers to compare with on a day, by the province's code."""
        return dict(self.filter(year=day.year).values_list("province_id", "number"))


class RegistrationTarget(models.Model):
    """Entered by the directorate, never worked out: where there is none, pages say that it is not set."""

    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="registration_targets")
    year = models.PositiveSmallIntegerField(_("Year"))
    number = models.PositiveIntegerField(_("Target"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("Set"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration target")
        ordering = ["province_id", "year"]
        constraints = [
            models.UniqueConstraint(fields=["province", "year"], name="target_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(number__range=(1, MOST)), name="target_number_is_a_goal"
            ),
            models.CheckConstraint(
                condition=models.Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="target_year_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province.name} {self.year}"

    @property
    def mark(self) -> str:
        """Says of which row and version a form speaks: a target taken away and set again has another."""
        return f"{self.pk}.{self.version}"
