"""Reminders of what was promised and decided, sent by e-mail once a day."""

from datetime import date

from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.daily_letters import Letters
from core.dates import date_in_words
from core.models import User
from events.models import FollowUp


def remind(*, today: date) -> Letters:
    """Write to each owner once about everything of theirs that is due, and note that it was done.

    Killed half-way, it goes on at the next run with those who were not written to, or whose letter was
    refused. Counts the people written to.
    """
    by_person: dict[int, list[int]] = {}
    for one in FollowUp.objects.to_remind(today).order_by("due_on", "pk"):
        by_person.setdefault(one.owner_id or one.created_by_id, []).append(one.pk)
    letters = Letters()
    for person, keys in by_person.items():
        with letters.one(f"the reminder to account {person}"):
            letters.written += _write(person, keys, today)
    return letters


@transaction.atomic
def _write(person_id: int, keys: list[int], today: date) -> bool:
    locked = list(
        FollowUp.objects.to_remind(today)
        .filter(pk__in=keys)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("meeting")
        .order_by("due_on", "pk")
    )
    person = User.objects.get(pk=person_id)
    if not locked or not person.email or not person.is_active:
        return False
    for one in locked:
        one.reminded_on = today
    FollowUp.objects.bulk_update(locked, ["reminded_on"])
    with override("ar"):
        lines = [f"- {date_in_words(one.due_on)}: {one.text} ({one.meeting})" for one in locked]
        body = "\n".join([_("Still to be done after the caravan's meetings:"), "", *lines, "", _address()])
        # Last, inside the transaction: a letter that is not taken is written again tomorrow.
        send_mail(_("Follow-ups of meetings"), body, None, [person.email])
    return True


def _address() -> str:
    return _("In the portal: %(path)s") % {"path": reverse("events:follow_ups")}
