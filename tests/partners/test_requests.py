"""A partner's inbox of requests: what is due first, one answer, and papers only for whoever answers."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from partners import actions
from partners.enums import ReferralState, RefusalGround
from partners.models import Referral, ReferralDocument
from registry.models import Notification
from tests.factories.core import UserFactory
from tests.factories.partners import BranchFactory, PartnerAgentFactory, ReferralFactory
from tests.factories.registry import portrait_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(db):
    return PartnerAgentFactory()


@pytest.fixture
def referral(agent):
    return ReferralFactory(offer__partner=agent.partner)


def answer(client, referral, **fields):
    sent = {"version": referral.version, "answer": "تعالوا يوم الإثنين"} | fields
    return client.post(reverse("partner_space:request", args=[referral.pk]), sent)


def test_a_request_is_taken_completed_and_accepted(agent, referral):
    taken = actions.take_referral(referral=referral, version=1, agent=agent)
    asked = actions.ask_for_documents(referral=taken, answer="شهادة", version=2, agent=agent)
    assert (taken.taken_by, asked.state, asked.answer) == (agent.user, ReferralState.DOCUMENTS_ASKED, "شهادة")
    accepted = actions.accept_referral(referral=asked, answer="مرحبا", version=3, agent=agent)
    assert (accepted.state, accepted.decided_by, accepted.version) == (ReferralState.ACCEPTED, agent.user, 4)
    steps = AuditEvent.objects.about(referral).order_by("pk").values_list("action", flat=True)
    assert [step.rpartition(".")[2] for step in steps] == ["taken", "documents_asked", "accepted"]


def test_the_holder_is_told_of_what_concerns_the_holder(agent, referral):
    taken = actions.take_referral(referral=referral, version=1, agent=agent)
    asked = actions.ask_for_documents(referral=taken, answer="شهادة", version=2, agent=agent)
    actions.accept_referral(referral=asked, answer="مرحبا", version=3, agent=agent)
    keys = Notification.objects.filter(registrant=referral.registrant).order_by("pk")
    assert list(keys.values_list("key", flat=True)) == [f"referral:{referral.pk}:{step}" for step in (3, 4)]


def test_a_refusal_has_a_ground_and_words(agent, referral, sign_in):
    client = sign_in(user=agent.user)
    assert "ground" in answer(client, referral, step="refuse").context["form"].errors
    blank = answer(client, referral, step="refuse", ground=RefusalGround.DOCUMENTS, answer="\u200f ")
    assert blank.context["form"].errors
    assert answer(client, referral, step="refuse", ground=RefusalGround.DOCUMENTS).status_code == 302
    referral.refresh_from_db()
    assert (referral.state, referral.ground) == (ReferralState.REFUSED, RefusalGround.DOCUMENTS)


def test_two_agents_do_not_overwrite_each_other_and_two_clicks_are_one(agent, referral, sign_in):
    colleague = PartnerAgentFactory(partner=agent.partner)
    first, second = sign_in(user=agent.user), sign_in(user=colleague.user)
    for _click in range(2):
        assert answer(first, referral, step="accept").status_code == 302
    late = answer(second, referral, step="refuse", ground=RefusalGround.OTHER, answer="لا يمكن")
    assert late.context["form"].non_field_errors()
    assert "لا يمكن" in late.content.decode()
    referral.refresh_from_db()
    assert (referral.state, referral.version) == (ReferralState.ACCEPTED, 2)
    assert AuditEvent.objects.about(referral).count() == 1


@pytest.mark.parametrize("state", [ReferralState.REFUSED, ReferralState.WITHDRAWN])
def test_a_closed_request_is_answered_no_more(agent, state):
    closed = {"ground": "other", "answer": "x", "decided_at": timezone.now(), "decided_by": agent.user}
    referral = ReferralFactory(offer__partner=agent.partner, state=state, **closed)
    with pytest.raises(ActionRefused):
        actions.take_referral(referral=referral, version=1, agent=agent)
    with pytest.raises(ActionRefused):
        actions.accept_referral(referral=referral, answer="x", version=1, agent=agent)


def test_what_is_due_first_stands_on_top_and_what_is_late_stands_out(agent, sign_in):
    today = timezone.localdate()
    due = [
        ReferralFactory(offer__partner=agent.partner, due_on=today + timedelta(days=days))
        for days in (9, -3, 2)
    ]
    waiting = ReferralFactory(
        offer__partner=agent.partner,
        due_on=today - timedelta(days=9),
        state=ReferralState.DOCUMENTS_ASKED,
        answer="شهادة",
    )
    client = sign_in(user=agent.user)
    page = client.get(reverse("partner_space:requests"))
    assert list(page.context["page"]) == [waiting, due[1], due[2], due[0]]
    assert [referral.is_overdue for referral in page.context["page"]] == [False, True, False, False]
    assert list(client.get(reverse("partner_space:requests"), {"state": "overdue"}).context["page"]) == [
        due[1]
    ]
    counts = {tab["url"]: tab["count"] for tab in page.context["tabs"]}
    assert (counts["?state=open"], counts["?state=overdue"], counts["?state=sent"]) == (4, 1, 3)


def test_an_agent_at_a_branch_sees_its_requests_and_those_for_any(agent, sign_in):
    agent.branch = BranchFactory(partner=agent.partner)
    agent.save()
    own = ReferralFactory(offer__partner=agent.partner, branch=agent.branch)
    anywhere = ReferralFactory(offer__partner=agent.partner)
    elsewhere = ReferralFactory(offer__partner=agent.partner, branch=BranchFactory(partner=agent.partner))
    client = sign_in(user=agent.user)
    assert set(client.get(reverse("partner_space:requests")).context["page"]) == {own, anywhere}
    assert client.get(reverse("partner_space:request", args=[elsewhere.pk])).status_code == 404
    with pytest.raises(ActionRefused):
        actions.take_referral(referral=elsewhere, version=1, agent=agent)


def test_papers_are_shown_while_the_request_gives_a_reason_and_each_look_is_kept(
    agent, referral, sign_in, settings
):
    settings.MEDIA_ACCEL_LOCATION = "/protected/"
    paper = ReferralDocument(referral=referral, title="شهادة", content_type="image/jpeg")
    paper.file.save("paper.jpg", ContentFile(portrait_bytes()))
    client, path = sign_in(user=agent.user), reverse("partner_space:request_document", args=[paper.pk])
    shown = client.get(path)
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (
        200,
        "image/jpeg",
        "private, no-store",
    )
    assert AuditEvent.objects.filter(action="partners.referral.document_read").count() == 1
    assert path in client.get(reverse("partner_space:request", args=[referral.pk])).content.decode()
    Referral.objects.update(state=ReferralState.WITHDRAWN)
    assert client.get(path).status_code == 404
    assert path not in client.get(reverse("partner_space:request", args=[referral.pk])).content.decode()


def test_the_page_says_what_an_office_needs_and_no_identity_number(agent, referral, sign_in):
    page = sign_in(user=agent.user).get(reverse("partner_space:request", args=[referral.pk])).content.decode()
    holder = referral.registrant
    assert holder.name_ar in page and holder.nia in page
    assert holder.national_id not in page


@pytest.mark.django_db(transaction=True)
def test_six_agents_answer_at_once_and_one_answer_stands():
    admin = PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    referral = ReferralFactory(offer__partner=admin.partner)
    agents = [PartnerAgentFactory(partner=admin.partner) for _agent in range(6)]
    ready, done = Barrier(6), []

    def decide(agent):
        ready.wait()
        try:
            actions.accept_referral(referral=referral, answer=str(agent.pk), version=1, agent=agent)
            done.append(str(agent.pk))
        except ActionRefused:
            pass
        connection.close()

    threads = [Thread(target=decide, args=[agent]) for agent in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    referral.refresh_from_db()
    assert done == [referral.answer]
    assert referral.version == 2
