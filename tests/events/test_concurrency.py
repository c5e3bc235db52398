"""Two desks at the same moment, on real transactions and real threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from cards.models import HandOver
from core.exceptions import ActionRefused
from core.models import AuditEvent, Commune
from core.roles import Role
from events.actions import (
    NewCaravan,
    approve_minutes,
    change_meeting,
    check_in,
    check_in_walk_in,
    hand_over,
    save_institution,
    save_minutes,
    schedule_meeting,
    undo_check_in,
)
from events.enums import MeetingState, ScanMethod, ScanResult
from events.models import Caravan, CheckIn, Institution, Meeting, Minutes, Scan, WalkIn
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.events import InstitutionFactory, MeetingFactory, ProgrammeFactory, card_desk_of, door_of
from tests.factories.registry import LAAYOUNE_COMMUNE

pytestmark = pytest.mark.django_db(transaction=True)
DESKS = 6


def at_once(*tasks):
    """Run the tasks in as many threads, started together; what each returned, or the refusal it met."""
    together = Barrier(len(tasks))

    def run(task):
        together.wait()
        try:
            return task()
        except ActionRefused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def scanning(meeting, card, agent, scan_id=None):
    at = door_of(meeting, hands_over=True)
    return lambda: check_in(
        at=at,
        text=card.serial,
        method=ScanMethod.SCANNER,
        scan_id=scan_id or uuid4(),
        by=agent,
    )


def test_desks_that_scan_one_card_at_once_record_it_once():
    meeting, card = MeetingFactory(), CardFactory()
    agents = [UserFactory(roles=(Role.DESK_AGENT,)) for _ in range(DESKS)]
    scans = at_once(*(scanning(meeting, card, agent) for agent in agents))
    results = sorted(scan.result for scan in scans)
    assert results == [ScanResult.ALREADY_IN] * (DESKS - 1) + [ScanResult.RECORDED]
    assert CheckIn.objects.count() == 1
    assert {scan.check_in_id for scan in scans} == {CheckIn.objects.get().pk}
    assert Scan.objects.count() == DESKS
    assert AuditEvent.objects.filter(action="events.check_in.recorded").count() == 1


def test_one_scan_sent_many_times_at_once_is_one_scan():
    meeting, card, scan_id = MeetingFactory(), CardFactory(), uuid4()
    agent = UserFactory(roles=(Role.DESK_AGENT,))
    scans = at_once(*(scanning(meeting, card, agent, scan_id) for _ in range(DESKS)))
    assert {scan.result for scan in scans} == {ScanResult.RECORDED}
    assert (Scan.objects.count(), CheckIn.objects.count()) == (1, 1)


def test_desks_that_confirm_at_once_hand_over_once():
    meeting, card = MeetingFactory(), CardFactory()
    agent = UserFactory(roles=(Role.DESK_AGENT,))
    scanning(meeting, card, agent)()
    done = at_once(
        *(lambda: hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent) for _ in range(DESKS))
    )
    assert all(isinstance(one, CheckIn) for one in done)
    assert HandOver.objects.count() == 1


def test_presence_undone_while_the_card_is_handed_over_leaves_things_whole():
    meeting, card = MeetingFactory(), CardFactory()
    agent = UserFactory(roles=(Role.DESK_AGENT,))
    present = scanning(meeting, card, agent)().check_in
    at_once(
        lambda: hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent),
        lambda: undo_check_in(check_in=present, reason="by mistake", by=agent),
    )
    present.refresh_from_db()
    assert bool(present.undone_at) != bool(present.standing_hand_over)
    assert HandOver.objects.count() == (0 if present.undone_at else 1)


def meeting_fields(**changed):
    commune = Commune.objects.select_related("province__region").get(code=LAAYOUNE_COMMUNE)
    meeting = MeetingFactory.build()
    return {
        "title_ar": "لقاء",
        "title_fr": "Rencontre",
        "starts_at": meeting.starts_at,
        "ends_at": None,
        "venue_ar": "دار",
        "venue_fr": "Maison",
        "commune": commune,
        "purpose_ar": "",
        "purpose_fr": "",
    } | changed


def test_a_form_sent_twice_at_once_schedules_one_meeting_and_one_caravan():
    director = UserFactory(roles=(Role.REGIONAL_DIRECTOR,))
    fields = meeting_fields()
    caravan = NewCaravan(ProgrammeFactory(), director.region, "قافلة", "Caravane")
    done = at_once(*(lambda: schedule_meeting(fields=fields, caravan=caravan, by=director) for _ in range(4)))
    assert sum(isinstance(one, Meeting) for one in done) == 1
    assert sum(isinstance(one, ActionRefused) for one in done) == 3
    assert (Meeting.objects.count(), Caravan.objects.count()) == (1, 1)


def test_two_people_who_change_a_meeting_at_once_do_not_overwrite_each_other():
    meeting, director = MeetingFactory(), UserFactory(roles=(Role.REGIONAL_DIRECTOR,))

    def changing(venue):
        return lambda: change_meeting(
            meeting=meeting,
            fields=meeting_fields(venue_fr=venue),
            caravan=meeting.caravan,
            version=1,
            by=director,
        )

    done = at_once(changing("One"), changing("Other"))
    kept = [one for one in done if isinstance(one, Meeting)]
    assert len(kept) == 1
    meeting.refresh_from_db()
    assert (meeting.venue_fr, meeting.version) == (kept[0].venue_fr, 2)


def test_two_who_change_an_institution_at_once_do_not_overwrite_each_other():
    institution, director = InstitutionFactory(), UserFactory(roles=(Role.REGIONAL_DIRECTOR,))

    def changing(name):
        fields = {"name_ar": institution.name_ar, "name_fr": name, "email": "", "phone": ""}
        return lambda: save_institution(institution=institution, fields=fields, version=1, by=director)

    done = at_once(changing("One"), changing("Other"), changing("Third"))
    kept = [one for one in done if isinstance(one, Institution)]
    assert len(kept) == 1
    institution.refresh_from_db()
    assert (institution.name_fr, institution.version) == (kept[0].name_fr, 2)


def test_the_door_and_the_card_desk_at_once_make_one_presence():
    meeting, card = MeetingFactory(), CardFactory()
    agents = [UserFactory(roles=(Role.DESK_AGENT,)) for _ in range(DESKS)]
    lists = [door_of(meeting), card_desk_of(meeting)] * (DESKS // 2)

    def scan(at, agent):
        return lambda: check_in(at=at, text=card.serial, method=ScanMethod.SCANNER, scan_id=uuid4(), by=agent)

    scans = at_once(*(scan(at, agent) for at, agent in zip(lists, agents, strict=True)))
    assert all(isinstance(one, Scan) for one in scans)
    assert CheckIn.objects.present().count() == 1
    assert CheckIn.objects.filter(list=lists[1]).count() == 1


def test_a_walk_in_sent_many_times_at_once_is_one_person():
    meeting, agent, key = MeetingFactory(), UserFactory(roles=(Role.DESK_AGENT,)), uuid4()
    at = door_of(meeting)
    done = at_once(
        *(
            lambda: check_in_walk_in(at=at, walk_in=WalkIn(pk=key, name="خديجة الحاضرة"), by=agent)
            for _ in range(DESKS)
        )
    )
    assert {one.pk for one in done} == {CheckIn.objects.get().pk}
    assert WalkIn.objects.count() == 1


def test_two_who_write_different_passages_at_once_are_both_kept():
    meeting = MeetingFactory(state=MeetingState.HELD)
    director = UserFactory(roles=(Role.REGIONAL_DIRECTOR,))

    def writing(slug):
        return lambda: save_minutes(
            meeting=meeting, sections={slug: "نص"}, not_held=[], version=1, by=director
        )

    done = at_once(writing("opening"), writing("closing"))
    assert all(isinstance(one, Minutes) for one in done)
    assert Minutes.objects.get().sections == {"opening": "نص", "closing": "نص"}


def test_minutes_approved_while_somebody_writes_are_whole():
    meeting = MeetingFactory(state=MeetingState.HELD)
    director = UserFactory(roles=(Role.REGIONAL_DIRECTOR,))
    read = save_minutes(meeting=meeting, sections={"opening": "ألف"}, not_held=[], version=0, by=director)
    done = at_once(
        lambda: approve_minutes(meeting=meeting, version=read.version, by=director),
        lambda: save_minutes(
            meeting=meeting, sections={"opening": "باء"}, not_held=[], version=read.version, by=director
        ),
    )
    assert sum(isinstance(one, ActionRefused) for one in done) == 1
    minutes = Minutes.objects.get()
    assert minutes.is_approved == (minutes.sections == {"opening": "ألف"})
