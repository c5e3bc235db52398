"""The audit trail only grows, and each reads what is theirs."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from core import audit
from core.models import AuditEvent, Region
from core.roles import Role
from core.templatetags.audit import changes_in_words
from tests.conftest import TRUNCATE_GUARD
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return audit.record(
        action="core.chamber.changed",
        by=UserFactory(),
        subject=Region.objects.get(code="11"),
        region_code="11",
        before={"phone": "1"},
        after={"phone": "2"},
        reason="test",
    )


def test_a_row_says_who_what_before_and_after(event):
    assert event.actor_roles == "registrar"
    assert event.subject_type == "core.region"
    assert event.changes == [("phone", "1", "2")]


def test_changes_are_told_in_the_readers_words():
    person = RegistrantFactory()
    row = audit.record(
        action="registry.registrant.registered",
        by=None,
        subject=person,
        before={"state": "candidate", "gone": [1, 2]},
        after={"state": "registered"},
    )
    with override("en"):
        assert changes_in_words(row, UserFactory()) == [
            ("State", "Not yet registered", "Registered"),
            ("gone", "1، 2", ""),
        ]


def test_a_row_cannot_be_changed(event):
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(reason="other")
    assert AuditEvent.objects.get(pk=event.pk).reason == "test"


def test_a_row_cannot_be_deleted(event):
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        event.delete()
    assert AuditEvent.objects.filter(pk=event.pk).exists()


def test_the_table_cannot_be_emptied(event):
    with connection.cursor() as cursor:
        cursor.execute(TRUNCATE_GUARD.format("ENABLE"))
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE core_auditevent")
        cursor.execute(TRUNCATE_GUARD.format("DISABLE"))
    assert AuditEvent.objects.count() == 1


def test_the_auditor_filters_and_sees_all_regions(sign_in, event):
    audit.record(action="registry.registrant.read", by=None, label="seen", region_code="12")
    page = sign_in(Role.AUDITOR).get("/audit/")
    assert page.context["page"].paginator.count == 2
    filtered = sign_in(Role.AUDITOR).get("/audit/?action=registry.registrant.read")
    assert [row.subject_label for row in filtered.context["page"]] == ["seen"]


def test_a_regional_auditor_reads_the_region_only(sign_in, event):
    audit.record(action="registry.registrant.read", by=None, label="seen", region_code="12")
    client = sign_in(user=UserFactory(roles=[Role.AUDITOR], region="12"))
    assert [row.subject_label for row in client.get("/audit/").context["page"]] == ["seen"]


def test_the_visitors_address_is_recorded(sign_in):
    client = sign_in(user=UserFactory(roles=[Role.REGIONAL_DIRECTOR]))
    client.post(
        "/chambers/11/",
        {
            "name_ar": "غرفة",
            "name_fr": "Chambre",
            "number_format": "{region}-{serial:06d}",
            "card_validity_months": "24",
        },
        REMOTE_ADDR="192.0.2.7",
    )
    assert AuditEvent.objects.get(action="core.chamber.changed").address == "192.0.2.7"


def test_a_forged_forwarding_header_is_not_believed(sign_in, settings):
    from django.test import RequestFactory

    from core.middleware import visitor_address

    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9, 192.0.2.7"
    )
    assert visitor_address(request) == "10.0.0.1"
    settings.TRUSTED_PROXY_COUNT = 1
    assert visitor_address(request) == "192.0.2.7"


def test_the_list_asks_the_database_as_often_for_three_rows_as_for_one(sign_in):
    client = sign_in(Role.AUDITOR)

    def queries_with(rows: int) -> int:
        for _ in range(rows):
            audit.record(action="registry.registrant.read", by=client.user, subject=RegistrantFactory())
        with CaptureQueriesContext(connection) as captured:
            client.get("/audit/")
        return len(captured)

    assert queries_with(1) == queries_with(2)
