"""Lists that people are checked in at: the door, the card desk, partners' stands."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.bilingual import in_readers_language
from events.enums import SINGLE_LISTS, Admission, ListKind
from events.models.meeting import Meeting
from events.querysets_desk import CheckInListQuerySet


class CheckInList(models.Model):
    """One place of check-in with its rules. Its door and its card desk come with the meeting, by a trigger.

    Any number of desks may work on one list at the same time.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="lists")
    kind = models.CharField(_("Kind"), max_length=5, choices=ListKind, default=ListKind.STAND)
    name_ar = models.CharField(_("Name in Arabic"), max_length=120, blank=True)
    name_fr = models.CharField(_("Name in French"), max_length=120, blank=True)
    admission = models.CharField(
        _("Who may enter"), max_length=8, choices=Admission, default=Admission.EVERYONE
    )
    counts_once = models.BooleanField(_("Each person once"), default=True)
    after_door = models.BooleanField(_("Only who passed the door"), default=False)
    takes_walk_ins = models.BooleanField(_("Takes people who are on no list"), default=False)
    hands_over = models.BooleanField(_("Cards are handed over here"), default=False)
    is_open = models.BooleanField(_("Open"), default=True)
    # Nobody named: every desk agent of the region may work here.
    agents = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("Who works here"), blank=True, related_name="check_in_lists"
    )
    # The trigger that makes a meeting's lists names no version.
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = CheckInListQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("check-in list")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind"], condition=Q(kind__in=SINGLE_LISTS), name="list_single_kind_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "name_ar"],
                condition=~Q(name_ar=""),
                name="list_name_once",
                violation_error_message=_("This meeting has a list of that name already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ListKind.STAND) | ~Q(name_ar=""), name="list_stand_named"
            ),
            # The door is the first: nobody can have passed it before.
            models.CheckConstraint(
                condition=~Q(kind=ListKind.DOOR) | Q(after_door=False, counts_once=True),
                name="list_door_rules",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_readers_language(self.name_ar, self.name_fr) or str(self.get_kind_display())

    @property
    def is_door(self) -> bool:
        return self.kind == ListKind.DOOR
