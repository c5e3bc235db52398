"""A partner's requests taken out as a file: by whom, what of, and what becomes of it when its worker dies."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from core.roles import Role
from partners.enums import ReferralState
from partners.exports import Requests
from registry.enums import ExportFormat, ExportState, Listing
from registry.exports import work
from registry.models import ExportJob
from tests.factories.core import UserFactory
from tests.factories.exports import asked, csv_rows, made
from tests.factories.partners import BranchFactory, OfferFactory, PartnerAgentFactory, ReferralFactory
from tests.registry.test_kill_export import held_at, somebody_waits
from tests.workers import kill, wait_until

pytestmark = pytest.mark.django_db
PAGE = reverse("partner_space:requests_take_out")


@pytest.fixture
def agent(db):
    return PartnerAgentFactory()


def numbers_of(job):
    return [row[0] for row in csv_rows(job)[1:]]


def test_the_file_holds_what_the_agent_sees_what_is_due_first_on_top(agent):
    agent.branch = BranchFactory(partner=agent.partner)
    agent.save()
    today = timezone.localdate()
    later = ReferralFactory(offer__partner=agent.partner, due_on=today + timedelta(days=9))
    sooner = ReferralFactory(offer__partner=agent.partner, branch=agent.branch, due_on=today)
    gone = ReferralFactory(offer__partner=agent.partner, state=ReferralState.WITHDRAWN)
    ReferralFactory(offer__partner=agent.partner, branch=BranchFactory(partner=agent.partner))
    ReferralFactory()
    listing = {"listing": Listing.REFERRALS, "columns": ["number"]}
    assert numbers_of(made(agent.user, **listing)) == [sooner.number, later.number]
    assert numbers_of(made(agent.user, query="state=withdrawn", **listing)) == [gone.number]
    only = made(agent.user, query=f"offer={later.offer.code}&state=nonsense", **listing)
    assert numbers_of(only) == [later.number]


def test_no_identity_number_can_be_asked_for_and_nothing_is_a_formula(agent, sign_in):
    offer = OfferFactory(partner=agent.partner, name_ar="=cmd|' /C calc'!A0", name_fr="=1+1")
    referral = ReferralFactory(offer=offer)
    page = sign_in(user=agent.user).get(PAGE)
    columns = [key for key, _label in page.context["form"].fields["columns"].choices]
    job = made(agent.user, listing=Listing.REFERRALS, columns=columns)
    assert "'=1+1" in csv_rows(job)[1]
    assert referral.registrant.national_id not in str(csv_rows(job))


def test_it_is_asked_for_from_the_inbox_and_fetched_by_nobody_else(agent, sign_in):
    referral = ReferralFactory(offer__partner=agent.partner, state=ReferralState.WITHDRAWN)
    client = sign_in(user=agent.user)
    inbox = client.get(reverse("partner_space:requests"), {"state": "withdrawn"})
    assert f"{PAGE}?state=withdrawn" in inbox.content.decode()
    page = client.get(PAGE, {"state": "withdrawn"})
    sent = {"query": page.context["query"], "format": "csv", "columns": ["number"]}
    assert client.post(PAGE, sent).url == reverse("registry:exports")
    job = ExportJob.objects.get()
    work.work_on(job.pk)
    assert list(client.get(reverse("registry:exports")).context["page"]) == [job]
    fetched = client.post(reverse("registry:export_file"), {"export": job.pk})
    assert referral.number in b"".join(fetched.streaming_content).decode()
    actions = AuditEvent.objects.about(job).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["registry.export.asked", "registry.export.made", "registry.export.taken"]
    colleague = sign_in(user=PartnerAgentFactory(partner=agent.partner).user)
    assert colleague.post(reverse("registry:export_file"), {"export": job.pk}).status_code == 404


def test_a_list_is_asked_for_in_its_own_place_alone(agent, sign_in):
    elsewhere = reverse("registry:export_new", args=["referrals"])
    assert sign_in(user=agent.user).get(elsewhere).status_code == 403
    assert sign_in(Role.NATIONAL_ADMIN).get(elsewhere).status_code == 404
    assert sign_in(Role.NATIONAL_ADMIN).get(PAGE).status_code == 403


def test_whoever_acts_for_no_partner_any_more_gets_no_file(agent):
    job = asked(agent.user, listing=Listing.REFERRALS, columns=["number"])
    agent.delete()
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error, bool(job.file)) == (ExportState.FAILED, "permission", False)


def test_a_pdf_is_written_too_and_reading_asks_the_database_the_same_however_long_it_is(agent):
    chosen = {"listing": Listing.REFERRALS, "columns": list(Requests.usual)}

    def queries() -> int:
        ReferralFactory(offer__partner=agent.partner, branch=BranchFactory(partner=agent.partner))
        job = asked(agent.user, **chosen)
        with CaptureQueriesContext(connection) as captured:
            work.work_on(job.pk)
        job.refresh_from_db()
        assert job.state == ExportState.DONE
        return len(captured)

    assert queries() == queries()
    assert made(agent.user, format=ExportFormat.PDF, language="ar", **chosen).total == 2


@pytest.mark.django_db(transaction=True)
def test_another_worker_writes_the_requests_that_a_killed_one_left(start_worker):
    admin = PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    expected = {ReferralFactory(offer__partner=admin.partner).number for _ in range(3)}
    with held_at("rows_written"):
        victim = start_worker()
        job = asked(admin.user, listing=Listing.REFERRALS, columns=["number"])
        wait_until(somebody_waits)
        kill(victim)
    start_worker()
    wait_until(lambda: ExportJob.objects.filter(pk=job.pk, state=ExportState.DONE).exists())
    job.refresh_from_db()
    assert (sorted(numbers_of(job)), job.attempts) == (sorted(expected), 2)
