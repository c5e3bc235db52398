"""Agreements and the chambers' votes: every step, who may take it, and what the database holds to."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber
from core.roles import Role
from partners import actions
from partners.enums import AdhesionState, AgreementState
from partners.models import Adhesion, Agreement, Offer, PartnershipRules
from tests.factories.core import UserFactory
from tests.factories.partners import AdhesionFactory, AgreementFactory, OfferFactory, PartnerFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture
def officer(db):
    return UserFactory(roles=[Role.PARTNERSHIP_OFFICER])


def values(**more):
    return {
        "name_ar": "اتفاقية",
        "name_fr": "Convention",
        "reference": "",
        "starts_on": None,
        "ends_on": None,
        "needs_adhesion": True,
    } | more


def steps(record):
    found = AuditEvent.objects.about(record).order_by("id")
    return [event.action.rpartition(".")[2] for event in found]


def test_an_agreement_is_prepared_changed_signed_and_ended(officer):
    agreement = actions.create_agreement(partner=PartnerFactory(), values=values(), by=officer)
    offer = OfferFactory(agreement=agreement, partner=agreement.partner)
    assert not offer.is_running
    agreement = actions.change_agreement(
        agreement=agreement, values=values(reference="C-1"), version=1, by=officer
    )
    agreement = actions.sign_agreement(agreement=agreement, signed_on=today(), by=officer)
    assert Offer.objects.running().get() == offer
    agreement = actions.end_agreement(agreement=agreement, reason=" فسخ ", by=officer)
    assert (agreement.state, agreement.end_reason, agreement.ends_on) == (
        AgreementState.ENDED,
        "فسخ",
        today(),
    )
    assert list(Offer.objects.running()) == []
    assert steps(agreement) == ["created", "changed", "signed", "ended"]


def test_an_agreement_refuses_what_its_state_does_not_allow(officer):
    prepared, ended = (
        AgreementFactory(state=AgreementState.PREPARED, signed_on=None),
        AgreementFactory(state=AgreementState.ENDED, end_reason="x"),
    )
    refused = [
        lambda: actions.end_agreement(agreement=prepared, reason="x", by=officer),
        lambda: actions.end_agreement(agreement=AgreementFactory(), reason=" ", by=officer),
        lambda: actions.sign_agreement(agreement=prepared, signed_on=today() + DAY, by=officer),
        lambda: actions.sign_agreement(agreement=ended, signed_on=today(), by=officer),
        lambda: actions.change_agreement(agreement=ended, values=values(), version=1, by=officer),
        lambda: actions.change_agreement(agreement=prepared, values=values(), version=2, by=officer),
    ]
    for step in refused:
        with pytest.raises(ActionRefused):
            step()
    assert AuditEvent.objects.filter(subject_type="partners.agreement").count() == 0


def test_a_chamber_is_asked_votes_and_leaves(officer):
    agreement, chamber = AgreementFactory(), Chamber.objects.get(region_id="11")
    adhesion = actions.propose_adhesion(agreement=agreement, chamber=chamber, by=officer)
    assert actions.propose_adhesion(agreement=agreement, chamber=chamber, by=officer) == adhesion
    adhesion = actions.vote_adhesion(adhesion=adhesion, voted_on=today(), ends_on=None, by=officer)
    assert list(Adhesion.objects.in_force()) == [adhesion]
    adhesion = actions.end_adhesion(adhesion=adhesion, reason="قرار الجمعية", by=officer)
    assert (adhesion.state, adhesion.ends_on) == (AdhesionState.ENDED, today())
    again = actions.propose_adhesion(agreement=agreement, chamber=chamber, by=officer)
    assert (again.pk, again.state, again.voted_on, again.reason) == (
        adhesion.pk,
        AdhesionState.PROPOSED,
        None,
        "",
    )
    assert steps(adhesion) == ["proposed", "voted", "ended", "proposed"]
    assert set(AuditEvent.objects.about(adhesion).values_list("region_code", flat=True)) == {"11"}


def test_a_vote_refuses_what_cannot_be(officer):
    waiting = AdhesionFactory(state=AdhesionState.PROPOSED, voted_on=None)
    joined = AdhesionFactory()
    of_ended = AdhesionFactory(
        agreement=AgreementFactory(state=AgreementState.ENDED, end_reason="x"),
        state=AdhesionState.PROPOSED,
        voted_on=None,
    )

    def vote(adhesion=waiting, voted_on=None, ends_on=None):
        actions.vote_adhesion(adhesion=adhesion, voted_on=voted_on or today(), ends_on=ends_on, by=officer)

    def ask(agreement, adhesion):
        actions.propose_adhesion(agreement=agreement, chamber=adhesion.chamber, by=officer)

    refused = [
        lambda: vote(voted_on=today() + DAY),
        lambda: vote(ends_on=today() - DAY),
        lambda: vote(joined),
        lambda: vote(of_ended),
        lambda: actions.refuse_adhesion(adhesion=waiting, voted_on=today(), reason=" ", by=officer),
        lambda: actions.refuse_adhesion(adhesion=joined, voted_on=today(), reason="x", by=officer),
        lambda: actions.end_adhesion(adhesion=waiting, reason="x", by=officer),
        lambda: actions.end_adhesion(adhesion=joined, reason="", by=officer),
        lambda: ask(joined.agreement, joined),
        lambda: ask(of_ended.agreement, of_ended),
        lambda: ask(AgreementFactory(state=AgreementState.PREPARED, signed_on=None), joined),
    ]
    for step in refused:
        with pytest.raises(ActionRefused):
            step()
    assert AuditEvent.objects.filter(subject_type="partners.adhesion").count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_people_who_record_a_vote_at_once_record_it_once():
    adhesion = AdhesionFactory(state=AdhesionState.PROPOSED, voted_on=None)
    officers = [UserFactory(roles=[Role.PARTNERSHIP_OFFICER]) for _one in range(2)]
    ready, outcomes = Barrier(2), []

    def record(by, joins):
        vote = {"adhesion": adhesion, "voted_on": today(), "by": by}
        try:
            ready.wait()
            if joins:
                actions.vote_adhesion(ends_on=None, **vote)
            else:
                actions.refuse_adhesion(reason="x", **vote)
            outcomes.append(joins)
        except ActionRefused:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [Thread(target=record, args=pair) for pair in zip(officers, (True, False), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    adhesion.refresh_from_db()
    assert outcomes.count(None) == 1
    assert (adhesion.state == AdhesionState.VOTED) is (True in outcomes)
    assert steps(adhesion) in (["voted"], ["refused"])


def test_a_director_votes_for_the_own_chamber_alone(sign_in):
    agreement = AgreementFactory()
    own = AdhesionFactory(agreement=agreement, state=AdhesionState.PROPOSED, voted_on=None)
    other = AdhesionFactory(agreement=agreement, region="01", state=AdhesionState.PROPOSED, voted_on=None)
    director = sign_in(Role.REGIONAL_DIRECTOR, region="11")
    sent = {"outcome": "voted", "voted_on": today().isoformat()}
    answers = [
        director.post(reverse("partners:adhesion_vote", args=[one.pk]), sent).status_code
        for one in (own, other)
    ]
    assert answers == [302, 404]
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, other.state) == (AdhesionState.VOTED, AdhesionState.PROPOSED)
    page = director.get(reverse("partners:agreement", args=[agreement.pk]))
    assert {line["adhesion"].pk: line["opens"] for line in page.context["adhesions"]} == {
        own.pk: True,
        other.pk: False,
    }


def test_a_director_asks_the_own_assembly_alone(sign_in):
    agreement = AgreementFactory()
    director = sign_in(Role.REGIONAL_DIRECTOR, region="11")
    chambers = {one.region_id: one.pk for one in Chamber.objects.all()}
    address = reverse("partners:adhesion_propose", args=[agreement.pk])
    for region in ("01", "11"):
        director.post(address, {"chamber": chambers[region]})
    assert [one.chamber.region_id for one in agreement.adhesions.all()] == ["11"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"outcome": "voted", "voted_on": ""}, "voted_on"),
        ({"outcome": "voted", "voted_on": "2999-01-01"}, "voted_on"),
        ({"outcome": "refused", "voted_on": "2026-01-01"}, "reason"),
        ({"outcome": "voted", "voted_on": "2026-01-02", "ends_on": "2026-01-01"}, "ends_on"),
    ],
)
def test_a_vote_that_is_typed_wrong_says_so_beside_its_field(sign_in, sent, field):
    adhesion = AdhesionFactory(state=AdhesionState.PROPOSED, voted_on=None)
    response = sign_in(Role.PARTNERSHIP_OFFICER).post(
        reverse("partners:adhesion_vote", args=[adhesion.pk]), sent
    )
    assert list(response.context["form"].errors) == [field]


def test_the_assembly_may_refuse_and_is_asked_again(sign_in):
    adhesion = AdhesionFactory(state=AdhesionState.PROPOSED, voted_on=None)
    client = sign_in(Role.REGIONAL_DIRECTOR, region="11")
    sent = {"outcome": "refused", "voted_on": today().isoformat(), "reason": "بدون نصاب"}
    client.post(reverse("partners:adhesion_vote", args=[adhesion.pk]), sent)
    adhesion.refresh_from_db()
    assert (adhesion.state, adhesion.reason) == (AdhesionState.REFUSED, "بدون نصاب")
    client.post(reverse("partners:adhesion_again", args=[adhesion.pk]))
    adhesion.refresh_from_db()
    assert adhesion.state == AdhesionState.PROPOSED


def test_pages_of_an_agreement_from_its_entry_to_its_end(sign_in):
    partner, client = PartnerFactory(), sign_in(Role.NATIONAL_ADMIN)
    sent = {"partner": partner.pk, "name_ar": "اتفاقية", "name_fr": "Convention", "needs_adhesion": "on"}
    client.post(reverse("partners:agreement_new"), sent | {"version": 1})
    agreement = Agreement.objects.get()
    for name, more in (
        ("agreement_edit", sent | {"version": 1, "ends_on": (today() + 30 * DAY).isoformat()}),
        ("agreement_sign", {"signed_on": today().isoformat()}),
    ):
        assert client.post(reverse(f"partners:{name}", args=[agreement.pk]), more).status_code == 302
    listed = client.get(reverse("partners:agreements"), {"ending": "soon"})
    assert [one.pk for one in listed.context["page"]] == [agreement.pk]
    client.post(reverse("partners:agreement_end", args=[agreement.pk]), {"reason": "فسخ"})
    agreement.refresh_from_db()
    assert (agreement.state, agreement.partner) == (AgreementState.ENDED, partner)


def test_home_names_what_ends_soon_within_the_readers_region(sign_in):
    soon = today() + 10 * DAY
    agreement = AgreementFactory(ends_on=soon)
    AgreementFactory(ends_on=today() + 400 * DAY)
    own = AdhesionFactory(ends_on=soon)
    AdhesionFactory(region="01", ends_on=soon)

    def panel(client):
        found = [one for one in client.get("/").context["panels"] if "endings" in one["template"]]
        return found[0]["context"] if found else None

    director = panel(sign_in(Role.REGIONAL_DIRECTOR, region="11"))
    assert (director["agreements"], director["adhesions"]) == ([agreement], [own])
    assert len(panel(sign_in(Role.AUDITOR))["adhesions"]) == 2
    PartnershipRules.objects.create(pk=1, notice_before_end_days=5)
    assert panel(sign_in(Role.REGIONAL_DIRECTOR, region="11")) is None


def test_a_list_asks_as_often_for_three_agreements_as_for_one(
    sign_in, django_assert_num_queries, django_assert_max_num_queries
):
    client, address = sign_in(Role.AUDITOR), reverse("partners:agreements")
    AdhesionFactory()
    with django_assert_max_num_queries(20) as first:
        client.get(address)
    AdhesionFactory.create_batch(2)
    with django_assert_num_queries(len(first)):
        assert client.get(address).context["page"].paginator.count == 3


@pytest.mark.parametrize(
    ("constraint", "make"),
    [
        ("agreement_signed_has_date", lambda: AgreementFactory(signed_on=None)),
        ("agreement_end_has_reason", lambda: AgreementFactory(state=AgreementState.ENDED)),
        ("agreement_ends_after_start", lambda: AgreementFactory(starts_on=today(), ends_on=today() - DAY)),
        ("adhesion_voted_has_date", lambda: AdhesionFactory(voted_on=None)),
        ("adhesion_refusal_has_reason", lambda: AdhesionFactory(state=AdhesionState.REFUSED)),
        ("adhesion_ends_after_vote", lambda: AdhesionFactory(ends_on=today() - DAY)),
    ],
)
def test_the_database_refuses(constraint, make):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()
