"""The preparation of a meeting: what is to be done, who is on duty, and what other meetings follow."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events.actions.meanwhile import ChangedMeanwhile, check_version
from events.enums import FINISHED_STATES, TaskKind
from events.models import Duty, Meeting, MeetingTemplate, PreparationTask

# What every meeting begins with: the hall, what is carried there, what is printed, who is asked.
USUAL_TASKS = (
    (
        TaskKind.ROOM,
        "حجز القاعة وتجهيزها بالصوت والمقاعد",
        "Réserver la salle, le son et les sièges",
    ),
    (TaskKind.ROOM, "التأكد من الولوج بالكراسي المتحركة", "Vérifier l’accès en fauteuil roulant"),
    (TaskKind.CARDS, "إحضار علب البطائق المهنية", "Apporter les boîtes de cartes"),
    (TaskKind.LISTS, "طبع لوائح الحضور والبطائق", "Imprimer les listes de présence et de cartes"),
    (TaskKind.GUESTS, "إرسال الدعوات وتتبع الردود", "Envoyer les invitations et suivre les réponses"),
    (TaskKind.TEAM, "تعيين فريق الاستقبال", "Désigner l’équipe d’accueil"),
)


@transaction.atomic
def add_task(
    *,
    meeting: Meeting,
    kind: TaskKind,
    title_ar: str,
    title_fr: str,
    due_on: date | None = None,
    by: User,
) -> PreparationTask:
    """Put a line on the preparation list.

    Raises:
        ActionRefused: it is there already, or the meeting is over.
    """
    locked = _lock_meeting(meeting)
    try:
        with transaction.atomic():
            task = PreparationTask.objects.create(
                meeting=locked,
                kind=kind,
                title_ar=clean(title_ar),
                title_fr=clean(title_fr),
                due_on=due_on,
            )
    except IntegrityError as error:
        raise ActionRefused(_("This is on the list already.")) from error
    _record("events.task.added", locked, by, {"task": task.title_ar})
    return task


@transaction.atomic
def tick_task(*, task: PreparationTask, done: bool, by: User) -> PreparationTask:
    """Say that something is done, or not done after all. Twice is once."""
    locked = PreparationTask.objects.select_for_update().get(pk=task.pk)
    if (locked.done_at is not None) == done:
        return locked
    locked.done_at, locked.done_by = (timezone.now(), by) if done else (None, None)
    locked.save(update_fields=["done_at", "done_by"])
    _record("events.task.ticked", locked.meeting, by, {"task": locked.title_ar, "done": done})
    return locked


@transaction.atomic
def date_task(*, task: PreparationTask, due_on: date | None, seen: date | None, by: User) -> PreparationTask:
    """Say until when something is to be done, or that it has no date.

    Args:
        seen: the date that the page showed.

    Raises:
        ChangedMeanwhile: somebody else gave it another date since.
    """
    locked = PreparationTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if locked.due_on != due_on:
        if locked.due_on != seen:
            raise ChangedMeanwhile(_("Somebody else changed the date meanwhile. It is shown as it stands."))
        locked.due_on = due_on
        locked.save(update_fields=["due_on"])
        _record("events.task.dated", locked.meeting, by, {"task": locked.title_ar, "due_on": due_on})
    return locked


def move_due_dates(*, meeting: Meeting, first_day: date) -> None:
    """Keep what is to be done as many days before the meeting as it was when it began on `first_day`.

    Part of giving a meeting another date, in its transaction.
    """
    moved = timezone.localdate(meeting.starts_at) - first_day
    if moved:
        open_tasks = meeting.tasks.filter(done_at__isnull=True, due_on__isnull=False)
        open_tasks.update(due_on=F("due_on") + moved)


@transaction.atomic
def remove_task(*, task: PreparationTask, by: User) -> None:
    """Take a line off the list."""
    _record("events.task.removed", task.meeting, by, {"task": task.title_ar})
    PreparationTask.objects.filter(pk=task.pk).delete()


@transaction.atomic
def give_duty(*, meeting: Meeting, user: User, task: str, by: User) -> Duty:
    """Put somebody on duty: the desk's rights, at this meeting, on its day.

    Raises:
        ActionRefused: on duty there already, no staff account of this region, or the meeting is over.
    """
    locked = _lock_meeting(meeting)
    of_here = user.region_id in (None, locked.region_id)
    if not (user.is_active and user.is_staff_member and of_here):
        raise ActionRefused(_("Choose somebody who works in this region."))
    try:
        with transaction.atomic():
            duty = Duty.objects.create(meeting=locked, user=user, task=clean(task), given_by=by)
    except IntegrityError as error:
        raise ActionRefused(_("This person is on duty at this meeting already.")) from error
    _record("events.duty.given", locked, by, {"user": user.username, "task": duty.task})
    return duty


@transaction.atomic
def end_duty(*, duty: Duty, by: User) -> None:
    """Take somebody off duty: their rights there end at once."""
    _record("events.duty.ended", duty.meeting, by, {"user": duty.user.username})
    Duty.objects.filter(pk=duty.pk).delete()


@transaction.atomic
def keep_as_template(
    *, meeting: Meeting, name_ar: str, name_fr: str, version: int | None = None, by: User
) -> MeetingTemplate:
    """Keep a meeting as a pattern for others; kept again, it takes the new name.

    Args:
        version: the template's when its form was opened; None where the meeting was none.

    Raises:
        ChangedMeanwhile: somebody else kept or renamed it since.
    """
    # Nobody else keeps it at the same moment.
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    template = MeetingTemplate.objects.filter(source=meeting).first()
    if template:
        check_version(template, version)
        template.version += 1
    else:
        template = MeetingTemplate(source=meeting, is_national=by.sees_all_regions, created_by=by)
    template.name_ar, template.name_fr = clean(name_ar), clean(name_fr)
    template.save()
    _record("events.template.kept", meeting, by, {"name": template.name_ar})
    return template


def usual_tasks(*, meeting: Meeting, source: Meeting | None = None) -> None:
    """Begin a meeting's list: as another meeting's, or as usual. Part of scheduling, in its transaction."""
    copied = []
    if source:
        moved = timezone.localdate(meeting.starts_at) - timezone.localdate(source.starts_at)
        copied = [
            (task.kind, task.title_ar, task.title_fr, task.due_on and task.due_on + moved)
            for task in source.tasks.all()
        ]
    rows = copied or [(*task, None) for task in USUAL_TASKS]
    PreparationTask.objects.bulk_create(
        PreparationTask(meeting=meeting, kind=kind, title_ar=title_ar, title_fr=title_fr, due_on=due_on)
        for kind, title_ar, title_fr, due_on in rows
    )


def _lock_meeting(meeting: Meeting) -> Meeting:
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state in FINISHED_STATES:
        raise ActionRefused(
            _("This meeting may not be changed: %(state)s.") % {"state": locked.get_state_display()}
        )
    return locked


def _record(action: str, meeting: Meeting, by: User, after: dict) -> None:
    audit.record(action=action, by=by, subject=meeting, region_code=meeting.region_id, after=after)
