"""Amendments: what is kept of a proposal, what is refused, and what an accepted one does."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber, Commune
from core.roles import Role
from registry import actions
from registry.enums import ChangeState, Kind, RegistrantState
from registry.models import Craft
from registry.signals import registrant_amended
from tests.factories.changes import ChangeRequestFactory
from tests.factories.core import UserFactory
from tests.factories.registry import (
    DAKHLA_COMMUNE,
    RegistrantFactory,
    ground_for,
    portrait_bytes,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def registrar():
    return UserFactory()


@pytest.fixture
def decider():
    return UserFactory(roles=[Role.REGISTRAR])


@pytest.fixture
def person():
    return RegistrantFactory()


def amend(person, registrar, **wanted):
    photograph = wanted.pop("photograph", None)
    return actions.enter_amendment(
        registrant=person, wanted=wanted, version=person.version, photograph=photograph, by=registrar
    )


def accept(request, decider):
    request = actions.approve_change(request=request, by=decider)
    request.registrant.refresh_from_db()
    return request.registrant


def test_only_what_differs_is_kept_with_old_and_new(person, registrar):
    request = amend(
        person,
        registrar,
        given_name_latin="Mohammed",
        gender=person.gender,
        birth_date=date(1981, 1, 2),
        commune=person.commune,
    )
    assert request.changes == {
        "given_name_latin": {"old": "Mohamed", "new": "Mohammed"},
        "birth_date": {"old": "1980-05-17", "new": "1981-01-02"},
    }
    assert request.state == ChangeState.SUBMITTED
    row = AuditEvent.objects.about(person).get(action="registry.amendment.submitted")
    assert (row.region_code, row.after) == ("11", {"number": request.number})


def test_a_proposal_that_changes_nothing_is_refused(person, registrar):
    with pytest.raises(ActionRefused, match="Nothing differs"):
        amend(person, registrar, gender=person.gender)


def test_a_form_opened_before_somebody_elses_change_is_refused(person, registrar):
    with pytest.raises(ActionRefused, match="Somebody else changed"):
        actions.enter_amendment(
            registrant=person, wanted={"address": "x"}, version=person.version - 1, by=registrar
        )


def test_a_second_amendment_waits_for_the_first(person, registrar):
    amend(person, registrar, address="حي السلام")
    with pytest.raises(ActionRefused, match="open for this person already"):
        amend(person, registrar, address="حي الوحدة")


@pytest.mark.parametrize("state", [RegistrantState.STRUCK_OFF, RegistrantState.CANDIDATE])
def test_who_is_not_on_the_register_has_nothing_to_amend(registrar, state):
    person = RegistrantFactory(state=state, candidate=state == RegistrantState.CANDIDATE)
    with pytest.raises(ActionRefused, match="not possible while"):
        amend(person, registrar, address="x")


def test_an_accepted_amendment_changes_the_register_and_tells(person, registrar, decider):
    user = UserFactory(roles=[Role.ARTISAN])
    person.user = user
    person.save()
    other = Craft.objects.current().last()
    request = amend(
        person,
        registrar,
        family_name_ar="المصحح",
        national_id="ZT999999",
        crafts=[other.pk],
        qualification=["diploma", "دبلوم", None],
        photograph=ContentFile(portrait_bytes(), name="p.jpg"),
    )
    after = accept(request, decider)
    assert after.family_name_ar == "المصحح"
    assert after.national_id == "ZT999999"
    assert "مصحح" in after.name_key
    assert after.principal_craft == other
    assert str(after.qualifications.get().title) == "دبلوم"
    assert after.photograph
    assert "photograph_missing" not in after.flags
    assert after.version == person.version + 1
    user.refresh_from_db()
    assert user.name_ar == after.person_name_ar
    row = AuditEvent.objects.about(person).get(action="registry.amendment.approved")
    assert row.before["family_name_ar"] == person.family_name_ar
    assert row.after["family_name_ar"] == "المصحح"
    assert row.after["crafts"] == [other.code]


def test_others_are_told_what_was_amended_once_it_is_committed(
    person, registrar, decider, django_capture_on_commit_callbacks
):
    told = []

    def listen(registrant, fields, **kwargs):
        told.append((registrant.pk, fields))

    registrant_amended.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            request = amend(person, registrar, address="حي السلام")
            assert told == []
            accept(request, decider)
    finally:
        registrant_amended.disconnect(listen)
    assert told == [(person.pk, ["address"])]


def test_ten_attested_years_make_a_master_artisan(registrar, decider):
    person = RegistrantFactory()
    request = amend(person, registrar, kind=Kind.MASTER_ARTISAN, qualification=["attestation", "جمعية", 10])
    assert accept(request, decider).kind == Kind.MASTER_ARTISAN


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"kind": "master_artisan", "qualification": ["attestation", "جمعية", 9]}, "At least 10 years"),
        ({"kind": "master_artisan", "qualification": ["diploma", "دبلوم", None]}, "attestation"),
        ({"kind": "cooperative"}, "no other change of kind"),
        ({"qualification": ["attestation", "جمعية", 2]}, "At least 3 years"),
    ],
)
def test_conditions_of_the_kinds_hold(person, registrar, wanted, message):
    with pytest.raises(ActionRefused, match=message):
        amend(person, registrar, **wanted)


def test_another_regions_commune_is_a_transfer(person, registrar):
    with pytest.raises(ActionRefused, match="transfer instead"):
        amend(person, registrar, commune=Commune.objects.get(code=DAKHLA_COMMUNE))


def test_an_identity_number_is_one_persons_when_proposed_and_when_decided(person, registrar, decider):
    taken = RegistrantFactory(national_id="ZT555555")
    with pytest.raises(ActionRefused, match="on file already"):
        amend(person, registrar, national_id=taken.national_id)
    request = amend(person, registrar, national_id="ZT555556")
    RegistrantFactory(national_id="ZT555556")
    with pytest.raises(ActionRefused, match="on file already"):
        actions.approve_change(request=request, by=decider)
    request.refresh_from_db()
    assert request.state == ChangeState.SUBMITTED


def test_a_field_that_somebody_changed_meanwhile_is_not_overwritten(person, registrar, decider):
    request = amend(person, registrar, phone="+212661222222", address="حي السلام")
    person.phone = "+212661333333"
    person.save()
    with pytest.raises(ActionRefused, match="Mobile telephone"):
        actions.approve_change(request=request, by=decider)
    person.refresh_from_db()
    assert (person.phone, person.address) == ("+212661333333", "")


def test_another_field_that_changed_meanwhile_is_no_obstacle(person, registrar, decider):
    request = amend(person, registrar, address="حي السلام")
    person.phone = "+212661333333"
    person.save()
    after = accept(request, decider)
    assert (after.phone, after.address) == ("+212661333333", "حي السلام")


def test_who_proposes_does_not_decide_unless_the_chamber_allows_it(person, registrar):
    request = amend(person, registrar, address="حي السلام")
    with pytest.raises(ActionRefused, match="another person decides"):
        actions.approve_change(request=request, by=registrar)
    with pytest.raises(ActionRefused, match="another person decides"):
        actions.refuse_change(
            request=request, ground=ground_for("change_rejection"), reason="x", by=registrar
        )
    Chamber.objects.filter(region="11").update(separate_maker_and_checker=False)
    assert accept(request, registrar).address == "حي السلام"


def test_a_second_decision_is_refused(person, registrar, decider):
    request = amend(person, registrar, address="حي السلام")
    accept(request, decider)
    with pytest.raises(ActionRefused, match="not waiting"):
        actions.approve_change(request=request, by=decider)
    with pytest.raises(ActionRefused, match="not open"):
        actions.withdraw_change(request=request, by=registrar)


def test_a_refusal_has_a_ground_and_a_reason_and_changes_nothing(person, registrar, decider):
    request = amend(person, registrar, address="حي السلام")
    ground = ground_for("change_rejection")
    with pytest.raises(ActionRefused, match="ground"):
        actions.refuse_change(request=request, ground=None, reason="x", by=decider)
    with pytest.raises(ActionRefused, match="reason"):
        actions.refuse_change(request=request, ground=ground, reason=" ", by=decider)
    actions.refuse_change(request=request, ground=ground, reason="لا يثبت", by=decider)
    request.refresh_from_db()
    person.refresh_from_db()
    assert (request.state, request.ground, person.address) == (ChangeState.REFUSED, ground, "")
    row = AuditEvent.objects.about(person).get(action="registry.amendment.refused")
    assert row.reason == "لا يثبت"


def test_another_chambers_people_do_not_decide(person, registrar):
    request = amend(person, registrar, address="حي السلام")
    with pytest.raises(ActionRefused, match="other region"):
        actions.approve_change(request=request, by=UserFactory(region="12"))


def test_who_proposed_may_withdraw_and_propose_anew(person, registrar):
    request = amend(person, registrar, address="حي السلام")
    actions.withdraw_change(request=request, by=registrar)
    assert AuditEvent.objects.about(person).filter(action="registry.amendment.withdrawn").count() == 1
    assert amend(person, registrar, address="حي الوحدة").is_open


class TestAPersonsOwnWish:
    @pytest.fixture
    def owner(self, person):
        person.user = UserFactory(roles=[Role.ARTISAN])
        person.save()
        return person.user

    @pytest.fixture
    def wish(self, person, owner):
        return actions.ask_correction(registrant=person, about="phone", explanation="تغير رقمي", by=owner)

    def test_it_waits_for_the_chamber_and_cannot_be_decided_on_as_it_is(self, wish, decider):
        assert (wish.state, wish.changes, wish.about) == (ChangeState.ASKED, {}, "phone")
        with pytest.raises(ActionRefused, match="not waiting"):
            actions.approve_change(request=wish, by=decider)

    def test_the_chamber_makes_an_amendment_of_it_that_somebody_else_decides(
        self, wish, person, registrar, decider
    ):
        request = actions.prepare_amendment(
            request=wish, wanted={"phone": "+212661777777"}, version=person.version, by=registrar
        )
        assert request.pk == wish.pk
        with pytest.raises(ActionRefused, match="another person decides"):
            actions.approve_change(request=request, by=registrar)
        assert accept(request, decider).phone == "+212661777777"

    def test_it_may_be_refused_as_it_is(self, wish, decider):
        refused = actions.refuse_change(
            request=wish, ground=ground_for("change_rejection"), reason="لا وثيقة", by=decider
        )
        assert refused.state == ChangeState.REFUSED

    def test_the_person_takes_it_back_until_the_chamber_works_on_it(self, wish, owner, person, registrar):
        actions.prepare_amendment(
            request=wish, wanted={"phone": "+212661777777"}, version=person.version, by=registrar
        )
        with pytest.raises(ActionRefused, match="working on this request"):
            actions.withdraw_change(request=wish, by=owner)
        other = ChangeRequestFactory(state=ChangeState.ASKED, entered_by=owner)
        assert actions.withdraw_change(request=other, by=owner).state == ChangeState.WITHDRAWN
