"""The figures of a caravan: who was reached where, cards, new registrations, answers still owed."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from core.charts import Bar, Direction, bars
from core.dates import date_in_words, moment_in_words
from core.figures import Percent, Section, Table
from core.models import Commune
from core.workbooks import workbook
from events.enums import FollowUpKind, QuestionState
from events.models import Caravan, CheckIn, FollowUp, Meeting, Question, WalkIn
from registry.models import Application, ApplicationDraft, RegistrantCraft

MOST_BARS = 15


@dataclass(frozen=True)
class CaravanFigures:
    caravan: Caravan
    totals: list[tuple[str, int]]
    sections: list[Section]

    def workbook(self) -> bytes:
        """Every table as a sheet."""
        as_of = _("As of %(moment)s") % {"moment": moment_in_words(timezone.now())}
        return workbook(self.sections, title=self.caravan.name, notes=[as_of])


def figures_of(caravan: Caravan) -> CaravanFigures:
    """In a fixed number of queries, whatever the number of meetings and people.

    People are counted once a caravan: somebody who came to two of its meetings was reached once.
    """
    direction = Direction.RTL if get_language_bidi() else Direction.LTR
    present = CheckIn.objects.present().filter(meeting__caravan=caravan)
    people = present.in_person().filter(registrant__isnull=False).order_by()
    reached = {
        "registrants": people.values("registrant").distinct().count(),
        "walk_ins": WalkIn.objects.filter(meeting__caravan=caravan).count(),
        "guests": present.filter(registrant__isnull=True, invitation__isnull=False).count(),
    }
    cards = CheckIn.objects.standing().filter(meeting__caravan=caravan).with_card_given().count()
    registrations = new_registrations(caravan)
    open_answers = Question.objects.filter(meeting__caravan=caravan).open().count()
    owed = FollowUp.objects.filter(meeting__caravan=caravan).open().count()
    totals = [
        (_("Artisans reached"), reached["registrants"]),
        (_("Walk-ins"), reached["walk_ins"]),
        (_("Guests present"), reached["guests"]),
        (_("Cards handed over"), cards),
        (_("Registrations begun"), sum(registrations.values())),
        (_("Questions without an answer"), open_answers),
        (_("Follow-ups to do"), owed),
    ]
    return CaravanFigures(
        caravan,
        totals,
        [
            _meetings(caravan, direction),
            _communes(caravan, people, direction),
            _crafts(people, direction),
            _genders(people, direction),
            _registrations(registrations),
            _answers(caravan),
        ],
    )


def new_registrations(caravan: Caravan) -> dict[str, int]:
    """What became of the drafts begun for walk-ins: still at the counter, handed in, on the register."""
    keys = WalkIn.objects.filter(meeting__caravan=caravan, draft_key__isnull=False).values("draft_key")
    drafts = ApplicationDraft.objects.filter(key__in=keys)
    applications = Application.objects.filter(pk__in=drafts.values("application"))
    by_state = dict(applications.order_by().values_list("state").annotate(number=Count("pk")))
    found = {_("At the counter"): drafts.filter(application__isnull=True).count()}
    words = dict(Application._meta.get_field("state").flatchoices)
    return found | {str(words[state]): number for state, number in by_state.items()}


def _meetings(caravan: Caravan, direction: Direction) -> Section:
    meetings = list(Meeting.objects.filter(caravan=caravan).select_related("commune").order_by("starts_at"))
    present = CheckIn.objects.present().filter(meeting__in=meetings).counted_by("meeting")
    cards = CheckIn.objects.standing().filter(meeting__in=meetings).with_card_given().counted_by("meeting")
    rows = [
        (
            f"{one.commune.name}, {date_in_words(one.starts_at)}",
            str(one.get_state_display()),
            present.get(one.pk, 0),
            cards.get(one.pk, 0),
        )
        for one in meetings
    ]
    drawn = [Bar(row[0], row[2]) for row in rows]
    title = _("Meetings")
    return Section(
        "meetings",
        title,
        _("Present at the door, and cards handed over, at each stop of the caravan."),
        Table([_("Meeting"), _("State"), _("Present"), _("Cards handed over")], rows),
        bars("meetings", title, _("People present at each meeting."), drawn, direction) if drawn else None,
        wide=True,
    )


def _communes(caravan: Caravan, people, direction: Direction) -> Section:
    counted = Counter(_distinct(people, "registrant__commune"))
    walk_ins = WalkIn.objects.filter(meeting__caravan=caravan, commune__isnull=False)
    counted.update(dict(walk_ins.order_by().values_list("commune").annotate(number=Count("pk"))))
    names = {one.pk: one.name for one in Commune.objects.filter(pk__in=counted)}
    rows = [(names[code], number) for code, number in counted.most_common()]
    title = _("By commune")
    return Section(
        "communes",
        title,
        _("Artisans of the register and walk-ins, by the commune they live or work in."),
        Table([_("Commune"), _("People")], rows),
        _drawn("communes", title, rows, direction),
    )


def _crafts(people, direction: Direction) -> Section:
    name = "craft__name_ar" if (get_language() or "ar").startswith("ar") else "craft__name_fr"
    principal = RegistrantCraft.objects.filter(is_principal=True, registrant__in=people.values("registrant"))
    counted = principal.order_by().values_list(name).annotate(number=Count("pk")).order_by("-number", name)
    rows = list(counted)
    title = _("By craft")
    return Section(
        "crafts",
        title,
        _("Artisans of the register, by their principal craft."),
        Table([_("Craft"), _("People")], rows),
        _drawn("crafts", title, rows, direction),
    )


def _genders(people, direction: Direction) -> Section:
    counted = _distinct(people, "registrant__gender")
    total = sum(counted.values())
    rows = [
        (label, counted.get(code, 0), Percent(round(100 * counted.get(code, 0) / total)) if total else None)
        for code, label in (("female", _("Women")), ("male", _("Men")))
    ]
    title = _("Women and men")
    return Section(
        "genders",
        title,
        _("Artisans of the register who were present."),
        Table([_("Gender"), _("People"), _("Share")], rows),
        _drawn("genders", title, [(label, number) for label, number, _share in rows], direction),
    )


def _registrations(found: dict[str, int]) -> Section:
    return Section(
        "registrations",
        _("New registrations"),
        _("Walk-ins for whom a registration was begun at the door, and what became of it."),
        Table([_("State"), _("People")], list(found.items())),
    )


def _answers(caravan: Caravan) -> Section:
    questions = Question.objects.filter(meeting__caravan=caravan)
    follow_ups = FollowUp.objects.filter(meeting__caravan=caravan)
    rows = [
        (_("Questions answered"), questions.filter(state=QuestionState.ANSWERED).count()),
        (_("Questions without an answer"), questions.open().count()),
        (_("Answers promised, still owed"), follow_ups.open().filter(kind=FollowUpKind.QUESTION).count()),
        (_("Decisions to carry out"), follow_ups.open().filter(kind=FollowUpKind.DECISION).count()),
        (_("Of these, late"), follow_ups.late().count()),
    ]
    return Section(
        "answers",
        _("Answers and decisions"),
        _("Questions from the floor, and what was decided, as of now."),
        Table([_("What"), _("How many")], rows),
    )


def _distinct(people, field: str) -> dict:
    """People by the values of a field, each person once."""
    rows = people.values_list(field).annotate(number=Count("registrant", distinct=True))
    return dict(rows)


def _drawn(slug: str, title: str, rows: list, direction: Direction):
    lines = [Bar(label, number) for label, number in rows[:MOST_BARS]]
    return (
        bars(slug, title, _("The numbers stand in the table beneath."), lines, direction) if lines else None
    )
