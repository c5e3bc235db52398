"""Meetings of the demo: held three weeks ago, under way today, in a week. Everybody in them is invented."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from cards.models import Card
from core.images import reencode_document
from core.models import Commune, User
from events.actions import (
    add_annex,
    add_photograph,
    answer_invitation,
    approve_minutes,
    call_to_stage,
    check_in,
    check_in_walk_in,
    date_task,
    decide,
    fill_ceremony,
    hand_over,
    invite_group,
    move_meeting,
    note_question,
    publish_release,
    save_minutes,
    save_release,
    schedule_meeting,
)
from events.demo_pictures import dunes, signed_sheet, stars
from events.enums import Answer, CeremonyRole, GroupSource, ListKind, PhotographConsent, ScanMethod
from events.finding import of_invitation, of_registrant
from events.models import CheckIn, Meeting, WalkIn
from events.press import release_of
from registry.models import Registrant

PRESENT_TODAY, PRESENT_THEN, CARDS_TODAY, CARDS_THEN = 26, 18, 7, 5
CALLED = 3
MINUTES_AN_ITEM = 20
ARRIVALS_MINUTES = 45
BOUJDOUR = ("11.121.01.01", "ببوجدور", "à Boujdour")
LAAYOUNE = ("11.321.01.03", "بالعيون", "à Laâyoune")
ANSWERS = (Answer.COMING, Answer.COMING, Answer.NOT_COMING, Answer.COMING, Answer.DELEGATE, Answer.NONE)
DECISION = "تنظيم يوم إضافي لتسليم البطائق بمقر الغرفة."
CLOSING = "شكر مدير اللقاء الحاضرين واختتم الأشغال."
QUESTIONS = (
    (
        "متى تسلم البطائق التي لم تكن جاهزة اليوم؟",
        "تسلم بمقر الغرفة ابتداء من الأسبوع المقبل، ويخبر أصحابها برسالة قصيرة.",
    ),
    ("هل يمكن أداء اشتراك التغطية الصحية على أقساط؟", ""),
)
ANNEX = "ورقة الحضور بالتوقيعات (مرسومة للعرض)"
PICTURES = (
    ("صورة تجريبية مرسومة: واجهة قاعة اللقاء", "Dessin de démonstration : la façade de la salle", "nobody"),
    (
        "صورة تجريبية مرسومة: الطريق إلى اللقاء",
        "Dessin de démonstration : la route de la rencontre",
        "nobody",
    ),
    ("صورة تجريبية مرسومة: عودة القافلة", "Dessin de démonstration : le retour de la caravane", "none"),
)


@dataclass(frozen=True)
class Cast:
    people: list[Registrant]
    director: User
    agent: User


def add_demo_meetings(*, pattern: Meeting, director: User, agent: User) -> None:
    """All of them follow `pattern`, the real one: its agenda and its guests by function."""
    people = list(
        Registrant.objects.registered().filter(region_id=pattern.region_id, is_demo=True).order_by("pk")
    )
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    then = now.replace(hour=10) - timedelta(days=21)
    # The demo's artisan is the first: their card is left to whoever tries the desk.
    cast = Cast(people[1:], director, agent)
    _held(_scheduled(pattern, then, *BOUJDOUR, by=director), cast)
    _under_way(_scheduled(pattern, now, *LAAYOUNE, by=director), cast)
    _coming(_scheduled(pattern, now.replace(hour=10) + timedelta(days=7), *BOUJDOUR, by=director), cast)


def _under_way(meeting: Meeting, cast: Cast) -> None:
    """People at the desks, cards given, a question without an answer: what the live board shows."""
    _answer(meeting)
    people = cast.people[:PRESENT_TODAY]
    _invite_commune(meeting, "العيون", "Laâyoune", cast)
    for name in ("announce", "begin"):
        move_meeting(meeting=meeting, name=name, by=cast.director)
    fill_ceremony(meeting=meeting, by=cast.director)
    waiting = Card.objects.waiting_for_holder().filter(registrant__in=people).order_by("pk")
    for card in waiting[:CALLED]:
        call = {"registrant": card.registrant, "role": CeremonyRole.ARTISAN}
        call_to_stage(meeting=meeting, by=cast.director, **call)
    _check_in(meeting, people, CARDS_TODAY, cast)
    door = meeting.lists.get(kind=ListKind.DOOR)
    check_in(at=door, text="11-9999999", method=ScanMethod.SCANNER, scan_id=uuid.uuid4(), by=cast.agent)
    door.takes_walk_ins = True
    visitor = WalkIn(name="زائر تجريبي", phone="", commune=meeting.commune)
    check_in_walk_in(at=door, walk_in=visitor, by=cast.agent)
    _spread(meeting, timezone.now())
    _questions(meeting, cast)


def _held(meeting: Meeting, cast: Cast) -> None:
    """Present, excused and absent, answers, a decision, minutes approved and a release published."""
    _answer(meeting)
    for name in ("announce", "begin"):
        move_meeting(meeting=meeting, name=name, by=cast.director)
    _check_in(meeting, cast.people[PRESENT_TODAY : PRESENT_TODAY + PRESENT_THEN], CARDS_THEN, cast)
    _spread(meeting, meeting.starts_at + timedelta(minutes=ARRIVALS_MINUTES))
    meeting = move_meeting(meeting=meeting, name="end", by=cast.director)
    _questions(meeting, cast)
    due = timezone.localdate() + timedelta(days=9)
    decision = {"text": DECISION, "owner_name": str(cast.director), "owner": cast.director, "due_on": due}
    decide(meeting=meeting, fields=decision, by=cast.director)
    minutes = save_minutes(
        meeting=meeting, sections={"closing": CLOSING}, not_held=[], version=0, by=cast.director
    )
    add_annex(meeting=meeting, title=ANNEX, document=reencode_document(signed_sheet()), by=cast.director)
    approve_minutes(meeting=meeting, version=minutes.version, by=cast.director)
    draft = release_of(meeting, "ar")
    release = save_release(
        meeting=meeting, language="ar", title=draft.title, body=draft.body, version=0, by=cast.director
    )
    publish_release(release=release, version=release.version, by=cast.director)
    _photographs(meeting, cast)


def _photographs(meeting: Meeting, cast: Cast) -> None:
    """Drawn ones: two that everybody may see, one whose consent nobody asked for yet."""
    pictures = (stars(), dunes(1), dunes(5))
    for picture, (caption_ar, caption_fr, consent) in zip(pictures, PICTURES, strict=True):
        fields = {"caption_ar": caption_ar, "caption_fr": caption_fr, "consent": consent, "consent_note": ""}
        fields["is_public"] = consent != PhotographConsent.NONE
        add_photograph(meeting=meeting, picture=picture, fields=fields, by=cast.director)


def _coming(meeting: Meeting, cast: Cast) -> None:
    """People of the commune are invited, and the preparation has its dates."""
    _invite_commune(meeting, "بوجدور", "Boujdour", cast)
    for place, task in enumerate(meeting.tasks.all()):
        due_on = timezone.localdate() + timedelta(days=place - 1)
        date_task(task=task, due_on=due_on, seen=task.due_on, by=cast.director)


def _invite_commune(meeting: Meeting, name_ar: str, name_fr: str, cast: Cast) -> None:
    invite_group(
        meeting=meeting,
        source=GroupSource.ARTISANS,
        criteria={"commune": meeting.commune_id},
        name_ar=f"صناع تقليديون من {name_ar}",
        name_fr=f"Artisans de {name_fr}",
        by=cast.director,
    )


def _answer(meeting: Meeting) -> None:
    """Most of those invited come, one cannot, one sends somebody."""
    for place, invitation in enumerate(meeting.invitations.named().order_by("position")):
        answer = ANSWERS[place % len(ANSWERS)]
        named = {"delegate_name": "مندوب تجريبي", "delegate_title": "رئيس مصلحة"}
        more = named if answer == Answer.DELEGATE else {}
        answer_invitation(invitation=invitation, answer=answer, **more)


def _check_in(meeting: Meeting, people: list[Registrant], cards: int, cast: Cast) -> None:
    """Guests who said that they come, at the door; artisans at the card desk, where cards wait for some."""
    door, desk = (meeting.lists.get(kind=kind) for kind in (ListKind.DOOR, ListKind.CARDS))
    scan = {"method": ScanMethod.NAME, "by": cast.agent}
    for invitation in meeting.invitations.named().filter(answer__in=(Answer.COMING, Answer.DELEGATE)):
        check_in(at=door, found=of_invitation(invitation), scan_id=uuid.uuid4(), **scan)
    waiting = set(Card.objects.waiting_for_holder().filter(registrant__in=people).values_list("registrant"))
    for person in people:
        wanted = (person.pk,) in waiting and cards > 0
        at = desk if wanted else door
        check_in(at=at, found=of_registrant(person, meeting), scan_id=uuid.uuid4(), **scan)
        if wanted:
            hand_over(at=desk, card=Card.objects.waiting_for_holder().get(registrant=person), by=cast.agent)
            cards -= 1


def _spread(meeting: Meeting, last: datetime) -> None:
    """As if people had come one after the other."""
    present = list(CheckIn.objects.filter(meeting=meeting).order_by("pk"))
    step = timedelta(minutes=ARRIVALS_MINUTES) / len(present)
    for place, one in enumerate(reversed(present)):
        one.checked_in_at = last - step * place
    CheckIn.objects.bulk_update(present, ["checked_in_at"])


def _questions(meeting: Meeting, cast: Cast) -> None:
    for text, answer in QUESTIONS:
        fields = {"text": text, "domain": None, "answerer": None, "answer": answer}
        fields["answerer_name"] = "مدير الغرفة" if answer else ""
        note_question(meeting=meeting, fields=fields, by=cast.director)


def _scheduled(
    pattern: Meeting, starts_at: datetime, commune: str, where_ar: str, where_fr: str, *, by: User
) -> Meeting:
    meeting = schedule_meeting(
        fields={
            "title_ar": f"لقاء تواصلي تجريبي {where_ar}",
            "title_fr": f"Rencontre de démonstration {where_fr}",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=3),
            "venue_ar": f"دار الصانع {where_ar}",
            "venue_fr": f"Maison de l'artisan {where_fr}",
            "commune": Commune.objects.select_related("province").get(code=commune),
            "purpose_ar": pattern.purpose_ar,
            "purpose_fr": pattern.purpose_fr,
            "capacity": 150,
            "director": by,
        },
        caravan=pattern.caravan,
        same_agenda_as=pattern,
        with_guests=True,
        by=by,
    )
    # The real one's report tells no durations; the hours of a programme add up from them.
    meeting.agenda.update(duration_minutes=MINUTES_AN_ITEM)
    return meeting
