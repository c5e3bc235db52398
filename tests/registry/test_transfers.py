"""Transfers: offered or asked for, decided by the chamber that takes the file over."""

import pytest

from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber, Commune
from core.roles import Role
from registry import actions
from registry.enums import CardStanding, ChangeState, RegistrantState
from registry.models import ChangeRequest, Registrant
from tests.factories.changes import ChangeRequestFactory
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, LAAYOUNE_COMMUNE, RegistrantFactory, ground_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def person():
    return RegistrantFactory(address="حي القديم")


@pytest.fixture
def origin():
    return UserFactory(region="11")


@pytest.fixture
def destination():
    return UserFactory(region="12")


@pytest.fixture
def dakhla():
    return Commune.objects.select_related("province").get(code=DAKHLA_COMMUNE)


def offer(person, commune, by):
    return actions.enter_transfer(
        registrant=person, commune=commune, address="حي الجديد", explanation="انتقال السكن", by=by
    )


def ask(person, commune, by, **changed):
    numbers = {"nia": person.nia, "national_id": person.national_id} | changed
    return actions.ask_transfer(**numbers, commune=commune, address="", explanation="", by=by)


def test_an_accepted_transfer_moves_the_file_and_keeps_the_number(person, origin, destination, dakhla):
    request = offer(person, dakhla, origin)
    other = ChangeRequestFactory(registrant=person)
    actions.approve_change(request=request, by=destination)
    moved = Registrant.objects.get(pk=person.pk)
    assert (moved.nia, moved.region_id, moved.commune, moved.address) == (
        person.nia,
        "12",
        dakhla,
        "حي الجديد",
    )
    assert not Registrant.objects.visible_to(origin).filter(pk=person.pk).exists()
    other.refresh_from_db()
    assert other.region_id == "12"
    request.refresh_from_db()
    assert (request.region_id, request.destination_id) == ("11", "12")


def test_both_chambers_find_it_in_their_trail(person, origin, destination, dakhla):
    actions.approve_change(request=offer(person, dakhla, origin), by=destination)
    for action in ("registry.transfer.submitted", "registry.transfer.approved"):
        rows = AuditEvent.objects.about(person).filter(action=action)
        assert sorted(rows.values_list("region_code", flat=True)) == ["11", "12"]
    row = AuditEvent.objects.about(person).filter(action="registry.transfer.approved").first()
    assert (row.before["region"], row.after["region"]) == ("11", "12")


def test_the_chamber_that_gives_does_not_decide(person, origin, dakhla):
    request = offer(person, dakhla, origin)
    other = UserFactory(region="11", roles=[Role.REGIONAL_DIRECTOR])
    with pytest.raises(ActionRefused, match="other region"):
        actions.approve_change(request=request, by=other)
    with pytest.raises(ActionRefused, match="other region"):
        actions.refuse_change(request=request, ground=ground_for("change_rejection"), reason="x", by=other)


def test_the_chamber_that_gives_may_withdraw_and_the_other_may_refuse(person, origin, destination, dakhla):
    request = offer(person, dakhla, origin)
    with pytest.raises(ActionRefused, match="withdraws it"):
        actions.withdraw_change(request=request, by=destination)
    actions.withdraw_change(request=request, by=origin)
    again = offer(person, dakhla, origin)
    actions.refuse_change(
        request=again, ground=ground_for("change_rejection"), reason="لا محل", by=destination
    )
    person.refresh_from_db()
    assert person.region_id == "11"


def test_a_transfer_asked_for_waits_until_the_holder_releases_it(person, origin, destination, dakhla):
    request = ask(person, dakhla, destination)
    assert (request.state, request.region_id) == (ChangeState.ASKED, "11")
    with pytest.raises(ActionRefused, match="not waiting"):
        actions.approve_change(request=request, by=destination)
    with pytest.raises(ActionRefused, match="other region"):
        actions.refuse_change(
            request=request, ground=ground_for("change_rejection"), reason="x", by=destination
        )
    actions.release_transfer(request=request, by=origin)
    with pytest.raises(ActionRefused, match="another person decides"):
        actions.approve_change(request=request, by=destination)
    colleague = UserFactory(region="12")
    assert actions.approve_change(request=request, by=colleague).state == ChangeState.APPROVED


def test_the_chamber_that_asked_may_take_it_back(person, destination, dakhla):
    request = ask(person, dakhla, destination)
    assert actions.withdraw_change(request=request, by=destination).state == ChangeState.WITHDRAWN


@pytest.mark.parametrize("changed", [{"nia": "12-000000-0"}, {"national_id": "XX1"}, {"nia": ""}])
def test_one_answer_for_whatever_does_not_fit(person, destination, dakhla, changed):
    with pytest.raises(ActionRefused, match="both of these numbers"):
        ask(person, dakhla, destination, **changed)


def test_a_commune_of_the_same_region_is_no_transfer(person, origin):
    near = Commune.objects.select_related("province").get(code=LAAYOUNE_COMMUNE)
    with pytest.raises(ActionRefused, match="in that region already"):
        offer(person, near, origin)


@pytest.mark.parametrize("state", [RegistrantState.SUSPENDED, RegistrantState.STRUCK_OFF])
def test_nobody_moves_away_from_a_suspension(origin, dakhla, state):
    with pytest.raises(ActionRefused, match="not possible while"):
        offer(RegistrantFactory(state=state), dakhla, origin)


def test_a_file_amended_since_is_not_overwritten(person, origin, destination, dakhla):
    request = offer(person, dakhla, origin)
    Registrant.objects.filter(pk=person.pk).update(address="حي ثالث")
    with pytest.raises(ActionRefused, match="Changed in the register"):
        actions.approve_change(request=request, by=destination)


def test_the_receiving_chambers_rule_on_two_hands_holds(person, dakhla, destination):
    Chamber.objects.filter(region="12").update(separate_maker_and_checker=False)
    request = actions.release_transfer(request=ask(person, dakhla, destination), by=UserFactory(region="11"))
    assert actions.approve_change(request=request, by=destination).state == ChangeState.APPROVED


def test_each_chamber_sees_its_own_transfers_and_a_third_none(person, origin, destination, dakhla):
    request = offer(person, dakhla, origin)
    third = UserFactory(region="01")
    seen = {
        user.region_id: ChangeRequest.objects.visible_to(user).filter(pk=request.pk).exists()
        for user in (origin, destination, third)
    }
    assert seen == {"11": True, "12": True, "01": False}
    assert list(ChangeRequest.objects.to_decide_by(destination)) == [request]
    assert not ChangeRequest.objects.to_decide_by(origin).exists()


@pytest.mark.parametrize("standing", [CardStanding.ORDERED, CardStanding.MADE])
def test_nobody_moves_away_from_a_card_that_is_on_its_way(person, origin, destination, dakhla, standing):
    asked = ask(person, dakhla, destination)
    Registrant.objects.filter(pk=person.pk).update(card_standing=standing)
    with pytest.raises(ActionRefused):
        actions.release_transfer(request=asked, by=origin)
    Registrant.objects.filter(pk=person.pk).update(card_standing=CardStanding.HANDED_OVER)
    actions.release_transfer(request=asked, by=origin)
    Registrant.objects.filter(pk=person.pk).update(card_standing=standing)
    with pytest.raises(ActionRefused):
        actions.approve_change(request=asked, by=destination)
    person.refresh_from_db()
    assert person.region_id == "11"
