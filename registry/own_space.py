"""What the register has for the artisan's own space: what needs the person, messages, parts of the file."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_in_words
from core.models import User
from core.own_space import Task, Told
from registry.enums import (
    CardStanding,
    ChangeState,
    Flag,
    MessageState,
    ProceedingStage,
)
from registry.models import Notification, RegisterRules, Registrant

# How far the card is, by the last of its steps that is done.
_CARD_STEPS = {
    CardStanding.NONE: 0,
    CardStanding.STOPPED: 0,
    CardStanding.ORDERED: 1,
    CardStanding.MADE: 2,
    CardStanding.HANDED_OVER: 3,
}


def own_tasks(registrant: Registrant) -> list[Task]:
    """Notices with their limits first, then what the file lacks, then the renewal."""
    return [*_standing_tasks(registrant), *_file_tasks(registrant), *_renewal_task(registrant)]


def own_messages(registrant: Registrant, most: int) -> list[Told]:
    """What was told by the register's notifications, whichever app wrote them."""
    return [
        Told(
            when=told.created_at,
            text=told.text,
            how=_how(told),
            url=told.path,
            is_new=told.read_at is None,
        )
        for told in registrant.notifications.all()[:most]
    ]


def new_messages(user: User) -> int | None:
    """How many messages wait to be read, for the navigation."""
    return Notification.objects.filter(registrant__user=user, read_at__isnull=True).count() or None


def progress_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """From the application to the card in the hand, and the documents on file."""
    application = registrant.applications.order_by("-id").first()
    done = 2 + _CARD_STEPS[CardStanding(registrant.card_standing)]
    labels = [
        _("Application handed in"),
        _("Entered in the register"),
        _("Card ordered"),
        _("Card made"),
        _("Card handed over"),
    ]
    return {
        "steps": [
            {"label": label, "state": "done" if place < done else "current" if place == done else "todo"}
            for place, label in enumerate(labels)
        ],
        "application": application,
        "documents": registrant.documents.all(),
        "is_document_missing": Flag.DOCUMENT_MISSING in registrant.flags,
    }


def dues_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """What registering means for health-cover dues, when the person agreed to it, and the way out."""
    agreed = registrant.applications.filter(consent_at__isnull=False).order_by("-id")
    return {"agreed_at": agreed.values_list("consent_at", flat=True).first()}


def _standing_tasks(registrant: Registrant) -> list[Task]:
    today = timezone.localdate()
    newest = registrant.proceedings.first()
    if newest is None:
        return []
    file_url = reverse("registry:own_file")
    if newest.stage == ProceedingStage.NOTIFIED and newest.reply_until >= today:
        text = _("The chamber gave notice. I may reply until %(date)s.") % {
            "date": date_in_words(newest.reply_until)
        }
    elif newest.may_be_appealed(today):
        text = _("The chamber decided. I may appeal until %(date)s.") % {
            "date": date_in_words(newest.appeal_until)
        }
    else:
        return []
    return [Task(text, file_url, _("Read it"), "scale", "danger", 10)]


def _file_tasks(registrant: Registrant) -> list[Task]:
    file_url = reverse("registry:own_file")
    tasks = []
    if Flag.PHOTOGRAPH_MISSING in registrant.flags:
        text = _("A photograph is missing: the chamber takes it, no card is made without it.")
        tasks.append(Task(text, file_url, _("See my file"), "camera", "warning", 30))
    if Flag.DOCUMENT_MISSING in registrant.flags:
        text = _("A document is missing from my file: bring it to the chamber.")
        tasks.append(Task(text, file_url, _("See my file"), "document-text", "warning", 31))
    asked = registrant.change_requests.filter(state=ChangeState.ASKED).order_by("-id").first()
    if asked is not None:
        text = _("My request %(number)s is with the chamber: it may ask me to come.") % {
            "number": asked.number
        }
        tasks.append(Task(text, file_url, _("Follow it"), "pencil-square", "info", 60))
    return tasks


def _renewal_task(registrant: Registrant) -> list[Task]:
    rules = RegisterRules.objects.filter(region=registrant.region_id)
    if not Registrant.objects.due_for_renewal(rules).filter(pk=registrant.pk).exists():
        return []
    text = _("My registration runs until %(date)s: the chamber renews it.") % {
        "date": date_in_words(registrant.valid_until)
    }
    return [Task(text, reverse("registry:own_file"), _("See my file"), "arrow-path", "warning", 40)]


def _how(told: Notification) -> str:
    if told.state == MessageState.SENT:
        return str(told.get_channel_display())
    return str(told.get_state_display())
