"""Unusual checks: noticed without recording any check, listed for the officer, dismissed with a reason."""

import time

import django_rq
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cards.actions.checks import dismiss_unusual, report_unusual
from cards.enums import CardState, UnusualKind
from cards.models import Card, CardRules, UnusualCheck
from cards.unusual import NEIGHBOURS, note_check
from core.exceptions import ActionRefused
from core.models import AuditEvent, Region
from core.roles import Role
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory
from tests.undefined import strict_templates

pytestmark = pytest.mark.django_db


def checked(**fields) -> Card:
    """A card as a check finds it, with all that it asks for."""
    return Card.objects.for_check().get(pk=CardFactory(**fields).pk)


@pytest.fixture
def held():
    return checked(state=CardState.HANDED_OVER)


@pytest.fixture
def officer(sign_in, settings):
    settings.TEMPLATES = strict_templates()
    client = sign_in(Role.CARD_OFFICER)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture(autouse=True)
def queue():
    queue = django_rq.get_queue("default")
    queue.empty()
    yield queue
    queue.empty()


def work_off() -> None:
    """Do what a worker would, once what was noticed is committed."""
    committed, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, call, _robust in committed:
        call()
    queue = django_rq.get_queue("default")
    for job in queue.jobs:
        job.func(*job.args)
    queue.empty()


def kinds(card) -> set[str]:
    work_off()
    return set(UnusualCheck.objects.filter(card=card).values_list("kind", flat=True))


class TestNoticing:
    def test_an_ordinary_card_leaves_nothing_behind(self, held, django_assert_num_queries):
        with django_assert_num_queries(0):
            for region in ("", "11", "10", "zz", "11"):
                note_check(held, region=region)
        assert kinds(held) == set()

    def test_many_checks_in_a_day(self, held):
        for _ in range(49):
            note_check(held)
        assert kinds(held) == set()
        note_check(held)
        assert kinds(held) == {UnusualKind.MANY}

    def test_how_many_and_how_fast_is_the_chambers_own_rule(self, django_assert_num_queries):
        CardRules.objects.create(region_id="11", checks_a_day=2, far_checks_minutes=1)
        card = checked(state=CardState.HANDED_OVER)
        elsewhere = checked(registrant=RegistrantFactory(with_photograph=True, commune=DAKHLA_COMMUNE))
        with django_assert_num_queries(0):
            for one in (card, card, elsewhere, elsewhere):
                note_check(one, region="11", at_desk=True)
        assert (kinds(card), kinds(elsewhere)) == ({UnusualKind.MANY}, set())

    def test_far_regions_within_the_hour(self, held):
        note_check(held, region="01")
        note_check(held, region="11")
        work_off()
        found = UnusualCheck.objects.get(card=held)
        assert (found.kind, found.regions) == (UnusualKind.FAR, ["01", "11"])

    def test_far_regions_after_the_hour_are_a_journey(self, held, monkeypatch):
        note_check(held, region="01")
        later = time.time() + 3601
        monkeypatch.setattr("cards.unusual.time.time", lambda: later)
        note_check(held, region="11")
        assert kinds(held) == set()

    def test_a_card_still_in_its_box(self):
        card = checked()
        for _ in range(3):
            note_check(card)
        work_off()
        found = UnusualCheck.objects.get(card=card)
        # Three in the same minute are one.
        assert (found.kind, found.count) == (UnusualKind.IN_BOX, 1)

    def test_a_card_in_its_box_is_what_desks_hand_over(self):
        card = checked()
        note_check(card, region="11", at_desk=True)
        assert kinds(card) == set()

    def test_whoever_checks_a_card_in_its_box_waits_for_no_write(self, client, django_assert_max_num_queries):
        card = CardFactory()
        with django_assert_max_num_queries(2):
            client.get(reverse("verification:check", args=[card.token]))
        assert kinds(card) == {UnusualKind.IN_BOX}

    def test_stopped_cards_are_the_answers_business(self):
        card = checked(state=CardState.STOLEN)
        note_check(card)
        assert kinds(card) == set()

    def test_neighbours_are_so_from_both_sides_and_all_regions_are_there(self):
        assert set(NEIGHBOURS) == set(Region.objects.values_list("pk", flat=True))
        assert all(here in NEIGHBOURS[there] for here, all_ in NEIGHBOURS.items() for there in all_)

    def test_the_public_check_notices_and_stays_within_two_queries(
        self, client, held, django_assert_max_num_queries
    ):
        address = reverse("verification:check", args=[held.token])
        with django_assert_max_num_queries(2):
            client.get(address, {"at": "01"})
        client.get(address, {"at": "11"})
        assert kinds(held) == {UnusualKind.FAR}

    def test_the_public_check_goes_by_the_chambers_own_rules(self, client, held):
        CardRules.objects.create(region_id=held.registrant.region_id, checks_a_day=2)
        address = reverse("verification:check", args=[held.token])
        client.get(address)
        assert kinds(held) == set()
        client.get(address)
        assert kinds(held) == {UnusualKind.MANY}


class TestNotices:
    def test_seen_again_it_counts_on_and_after_a_dismissal_it_is_new(self, held, in_english):
        first = report_unusual(card=held, kind=UnusualKind.FAR, regions=["01"])
        again = report_unusual(card=held, kind=UnusualKind.FAR, regions=["11"])
        assert (again.pk, again.count, again.regions) == (first.pk, 2, ["01", "11"])
        by = UserFactory(roles=(Role.CARD_OFFICER,))
        dismiss_unusual(check=again, reason="Two fairs on one day", by=by)
        assert report_unusual(card=held, kind=UnusualKind.FAR).pk != first.pk
        with pytest.raises(ActionRefused, match="Somebody else"):
            dismiss_unusual(check=again, reason="Again", by=by)
        event = AuditEvent.objects.get(action="cards.unusual.dismissed")
        assert (event.reason, event.before) == ("Two fairs on one day", {"kind": "far", "count": 2})

    def test_constraints(self, held):
        report_unusual(card=held, kind=UnusualKind.FAR)
        rows = UnusualCheck.objects.filter(card=held)
        now = timezone.now()
        wrong = {
            "unusual_check_open_once": lambda: UnusualCheck.objects.create(
                card=held, kind=UnusualKind.FAR, last_at=now
            ),
            "unusual_check_dismissed_has_reason": lambda: rows.update(dismissed_at=now),
            "unusual_check_counted": lambda: rows.update(count=0),
        }
        for name, write in wrong.items():
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                write()


class TestPages:
    url = "/cards/unusual/"

    def test_the_officer_sees_the_regions_own_and_no_others(self, officer, held):
        other = CardFactory(registrant=RegistrantFactory(with_photograph=True, commune=DAKHLA_COMMUNE))
        for card in (held, other):
            report_unusual(card=card, kind=UnusualKind.FAR, regions=["01", "11"])
        page = officer.get(self.url).content.decode()
        assert (held.serial in page, other.serial in page) == (True, False)
        assert "Tanger-Tétouan-Al Hoceima" in page
        elsewhere = UnusualCheck.objects.get(card=other)
        assert officer.post(reverse("cards:unusual_dismiss", args=[elsewhere.pk])).status_code == 404

    def test_dismissing_asks_for_a_reason_and_keeps_it(self, officer, held):
        check = report_unusual(card=held, kind=UnusualKind.FAR)
        address = reverse("cards:unusual_dismiss", args=[check.pk])
        assert "Give a reason." in officer.post(address, {"reason": " "}, follow=True).content.decode()
        officer.post(address, {"reason": "Two fairs on one day"})
        assert held.serial not in officer.get(self.url).content.decode()
        assert "Two fairs on one day" in officer.get(self.url, {"dismissed": "yes"}).content.decode()

    def test_home_counts_what_waits(self, officer, held):
        report_unusual(card=held, kind=UnusualKind.FAR)
        page = officer.get("/").content.decode()
        assert self.url in page and "Unusual checks" in page

    def test_the_list_costs_the_same_for_one_and_for_three(self, officer):
        counts = []
        for size in (1, 2):
            for card in CardFactory.create_batch(size, state=CardState.HANDED_OVER):
                report_unusual(card=card, kind=UnusualKind.FAR)
            with CaptureQueriesContext(connection) as queries:
                assert officer.get(self.url).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]
