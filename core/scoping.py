"""Region scope: what another region holds does not exist for a regional account."""

from typing import Self

from django.db import models


class RegionScopedQuerySet(models.QuerySet):
    """A queryset whose rows belong to a region.

    `region_lookup` is the path from the row to the region's code.
    """

    region_lookup = "region_id"

    def sole(self) -> models.Model | None:
        """The one row that a unique key leaves, or None.

        Unlike `first` it does not sort: to do so Django hashes every column that it selects.
        """
        return next(iter(self.order_by()[:1]), None)

    def visible_to(self, user) -> Self:
        """The rows that `user` may know of: all, those of one region, or none."""
        if user.sees_all_regions:
            return self.all()
        if user.is_staff_member and user.region_id:
            return self.filter(**{self.region_lookup: user.region_id})
        return self.none()
