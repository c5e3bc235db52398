"""An application's way from draft to decision, alone and under two hands."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber, Commune
from core.roles import Role
from registry import actions
from registry.enums import ApplicationState, Kind, RegistrantState
from registry.models import Application, Craft, Ground, NumberSequence, Registrant
from tests.factories.core import UserFactory
from tests.factories.registry import ApplicationFactory, RegistrantFactory, ground_for


def application_data(**changes) -> actions.ApplicationData:
    fields = {
        "kind": Kind.ARTISAN,
        "given_name_ar": "فاطمة",
        "family_name_ar": "التجريبية",
        "given_name_latin": "Fatima",
        "family_name_latin": "Tajribia",
        "organisation_name_ar": "",
        "organisation_name_latin": "",
        "gender": "female",
        "birth_date": date(1985, 3, 2),
        "national_id": "ZT777777",
        "phone": "+212661234567",
        "email": "",
        "commune": Commune.objects.select_related("province").get(code="11.321.01.03"),
        "address": "",
        "supervisor": None,
    }
    crafts = changes.pop("crafts", list(Craft.objects.current()[:2]))
    consent = changes.pop("consent", True)
    return actions.ApplicationData(
        fields=fields | changes,
        crafts=crafts,
        qualifications=[actions.QualificationData("attestation", "جمعية تجريبية", 5)],
        consent=consent,
    )


@pytest.fixture
def registrar(db):
    return UserFactory()


@pytest.fixture
def decider(db):
    return UserFactory(roles=[Role.REGIONAL_DIRECTOR])


@pytest.fixture
def submitted(db):
    registrant = RegistrantFactory(candidate=True, with_photograph=True)
    return ApplicationFactory(registrant=registrant)


def test_opening_keeps_crafts_in_order_and_is_audited(registrar):
    crafts = list(Craft.objects.current()[:3])
    application = actions.open_application(data=application_data(crafts=crafts[::-1]), by=registrar)
    registrant = application.registrant
    assert registrant.state == RegistrantState.CANDIDATE
    assert registrant.nia is None
    assert [link.craft for link in registrant.craft_links.all()] == crafts[::-1]
    assert registrant.principal_craft == crafts[2]
    event = AuditEvent.objects.about(registrant).get(action="registry.application.opened")
    assert event.region_code == "11"
    assert event.after["national_id"] == "ZT777777"


def test_names_are_stored_clean_and_compared_folded(registrar):
    data = application_data(family_name_ar="  الأنصـاري \u200f")
    registrant = actions.open_application(data=data, by=registrar).registrant
    assert registrant.family_name_ar == "الأنصاري"
    assert "انصاري" in registrant.name_key.split("|")


def test_one_identity_number_one_person(registrar):
    actions.open_application(data=application_data(), by=registrar)
    with pytest.raises(ActionRefused):
        actions.open_application(data=application_data(), by=registrar)
    assert Registrant.objects.filter(national_id="ZT777777").count() == 1


def test_submitting_needs_everything(registrar):
    application = actions.open_application(data=application_data(consent=False), by=registrar)
    assert len(actions.missing_parts(application)) == 2
    with pytest.raises(ActionRefused):
        actions.submit_application(application=application, by=registrar)
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT


def test_approval_gives_the_next_number(submitted, decider):
    Chamber.objects.filter(region_id="11").update(number_format="{region}-{serial:06d}-{check}")
    first = actions.approve_application(application=submitted, by=decider)
    second = actions.approve_application(
        application=ApplicationFactory(registrant=RegistrantFactory(candidate=True)), by=decider
    )
    assert first.nia == "11-000001-5"
    assert second.nia.startswith("11-000002-")
    assert first.state == RegistrantState.REGISTERED
    assert AuditEvent.objects.filter(action="registry.registrant.registered").count() == 2


def test_a_second_click_changes_nothing(submitted, decider):
    number = actions.approve_application(application=submitted, by=decider).nia
    with pytest.raises(ActionRefused):
        actions.approve_application(application=submitted, by=decider)
    submitted.registrant.refresh_from_db()
    assert submitted.registrant.nia == number
    assert NumberSequence.objects.get(region_id="11").last_value == 1


def test_a_format_that_gives_a_number_twice_is_refused_in_words(submitted, decider):
    """As when the check digit is taken out of the format, and serial 12 comes where 1 with its digit was."""
    Chamber.objects.filter(region_id="11").update(number_format="{region}{serial}")
    RegistrantFactory(nia="111")
    with translation.override("en"), pytest.raises(ActionRefused, match="number format"):
        actions.approve_application(application=submitted, by=decider)
    submitted.refresh_from_db()
    assert submitted.state == ApplicationState.SUBMITTED
    assert not NumberSequence.objects.filter(region_id="11", last_value__gt=0).exists()


def test_who_entered_does_not_decide_unless_the_chamber_says_so(submitted):
    maker = submitted.entered_by
    with pytest.raises(ActionRefused):
        actions.approve_application(application=submitted, by=maker)
    Chamber.objects.filter(region_id="11").update(separate_maker_and_checker=False)
    assert actions.approve_application(application=submitted, by=maker).nia


def test_who_changed_somebody_elses_application_does_not_decide_either(registrar, decider):
    application = actions.open_application(data=application_data(), by=registrar)
    Registrant.objects.filter(pk=application.registrant_id).update(photograph="x.jpg")
    actions.change_application(
        application=application, data=application_data(family_name_latin="Own Words"), version=1, by=decider
    )
    actions.submit_application(application=application, by=decider)
    with pytest.raises(ActionRefused):
        actions.approve_application(application=application, by=decider)
    third = UserFactory()
    assert actions.approve_application(application=application, by=third).family_name_latin == "Own Words"


REFUSALS = [(actions.return_application, "return"), (actions.reject_application, "rejection")]


@pytest.mark.parametrize(("action", "procedure"), REFUSALS)
def test_a_refusal_needs_a_ground_and_a_reason(action, procedure, submitted, decider):
    ground = ground_for(procedure)
    with pytest.raises(ActionRefused):
        action(application=submitted, ground=ground, reason=" \u200f ", by=decider)
    decided = action(application=submitted, ground=ground, reason="وثيقة غير واضحة", by=decider)
    assert decided.decision_reason == "وثيقة غير واضحة"
    assert decided.ground == ground
    event = AuditEvent.objects.about(submitted.registrant).first()
    assert (event.reason, event.after["ground"]) == ("وثيقة غير واضحة", str(ground))


@pytest.mark.parametrize(("action", "procedure"), REFUSALS)
def test_a_refusal_takes_its_ground_from_the_chambers_own_list(action, procedure, submitted, decider):
    of_another_chamber = Ground.objects.create(region_id="12", procedure=procedure, code="own", name_ar="سبب")
    out_of_use = Ground.objects.create(procedure=procedure, code="old", name_ar="سبب", is_active=False)
    for ground in (None, ground_for("suspension"), of_another_chamber, out_of_use):
        with pytest.raises(ActionRefused):
            action(application=submitted, ground=ground, reason="سبب", by=decider)
    own = Ground.objects.create(region_id="11", procedure=procedure, code="own", name_ar="سبب")
    assert action(application=submitted, ground=own, reason="سبب", by=decider).ground == own


def test_somebody_refused_may_apply_again_on_the_same_file(registrar, decider):
    first = actions.open_application(data=application_data(), by=registrar)
    first.registrant.photograph = "x.jpg"
    first.registrant.save()
    actions.submit_application(application=first, by=registrar)
    actions.reject_application(application=first, ground=ground_for("rejection"), reason="سبب", by=decider)
    second = actions.open_application(data=application_data(given_name_ar="فطومة"), by=registrar)
    assert second.registrant == first.registrant
    assert second.registrant.applications.count() == 2


def test_who_bears_the_number_of_an_entry_merged_away_gets_their_own(submitted, registrar, decider):
    actions.reject_application(
        application=submitted, ground=ground_for("rejection"), reason="سبب", by=decider
    )
    gone = submitted.registrant
    Registrant.objects.filter(pk=gone.pk).update(merged_into=RegistrantFactory())
    data = application_data(national_id=gone.national_id, given_name_ar="زينب")
    application = actions.open_application(data=data, by=registrar)
    assert application.registrant_id != gone.pk
    assert application in Application.objects.visible_to(decider)
    before = gone.given_name_ar
    gone.refresh_from_db()
    assert gone.given_name_ar == before != "زينب"


def test_nothing_is_submitted_of_an_entry_merged_away(registrar):
    application = actions.open_application(data=application_data(), by=registrar)
    into = RegistrantFactory()
    Registrant.objects.filter(pk=application.registrant_id).update(photograph="x.jpg", merged_into=into)
    with translation.override("en"), pytest.raises(ActionRefused, match="merged into another"):
        actions.submit_application(application=application, by=registrar)


def test_a_form_opened_before_somebody_elses_change_is_refused(registrar):
    application = actions.open_application(data=application_data(), by=registrar)
    version = application.registrant.version
    actions.change_application(
        application=application, data=application_data(address="حي"), version=version, by=registrar
    )
    with pytest.raises(ActionRefused):
        actions.change_application(
            application=application, data=application_data(address="شارع"), version=version, by=registrar
        )
    application.registrant.refresh_from_db()
    assert application.registrant.address == "حي"


def test_a_decided_application_is_closed_for_changes(submitted, decider, registrar):
    actions.approve_application(application=submitted, by=decider)
    with pytest.raises(ActionRefused):
        actions.change_application(application=submitted, data=application_data(), version=1, by=registrar)


def test_the_sign_in_account_is_made_once_and_follows_the_register(submitted, decider):
    registrant = actions.approve_application(application=submitted, by=decider)
    account = actions.account_for(registrant)
    registrant.refresh_from_db()
    registrant.phone = "+212677889900"
    registrant.save()
    again = actions.account_for(registrant)
    assert again == account
    assert again.phone == "+212677889900"
    assert again.roles == [Role.ARTISAN]
    assert not again.has_usable_password()


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("registrant_number_goes_with_state", {"nia": None}),
        ("registrant_organisation_has_name", {"kind": Kind.COOPERATIVE}),
        (
            "registrant_enterprise_has_supervisor",
            {"kind": Kind.ENTERPRISE, "organisation_name_ar": "م", "organisation_name_latin": "E"},
        ),
        ("registrant_national_id_form", {"national_id": "12345"}),
    ],
)
def test_the_database_refuses_a_broken_registrant(db, constraint, change):
    registrant = RegistrantFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Registrant.objects.filter(pk=registrant.pk).update(**change, name_key=registrant.name_key)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("application_submitted_with_consent", {"consent_at": None}),
        ("application_decision_is_signed", {"state": ApplicationState.APPROVED}),
        ("application_refusal_has_ground", {"state": ApplicationState.TO_CORRECT, "decision_reason": "سبب"}),
    ],
)
def test_the_database_refuses_a_broken_application(submitted, constraint, change):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Application.objects.filter(pk=submitted.pk).update(**change)


def test_the_database_refuses_a_refusal_without_reason(submitted):
    change = {"state": ApplicationState.TO_CORRECT, "ground": ground_for("return")}
    with pytest.raises(IntegrityError, match="application_refusal_has_reason"), transaction.atomic():
        Application.objects.filter(pk=submitted.pk).update(**change)


def test_one_open_application_a_person(submitted):
    with pytest.raises(IntegrityError, match="application_one_open"), transaction.atomic():
        ApplicationFactory(registrant=submitted.registrant)


def test_one_principal_craft_and_each_craft_once(db):
    registrant = RegistrantFactory()
    crafts = list(Craft.objects.current()[:2])
    with pytest.raises(IntegrityError, match="registrant_one_principal_craft"), transaction.atomic():
        registrant.craft_links.create(craft=crafts[1], is_principal=True)
    with pytest.raises(IntegrityError, match="registrant_craft_once"), transaction.atomic():
        registrant.craft_links.create(craft=crafts[0])


def test_an_attestation_states_its_years(db):
    registrant = RegistrantFactory()
    with pytest.raises(IntegrityError, match="qualification_attestation_has_years"), transaction.atomic():
        registrant.qualifications.create(kind="attestation", title="جمعية")


def in_threads(count, work):
    """Run `work(index)` in `count` threads that start together; the results, errors included."""
    gate = threading.Barrier(count)

    def run(index):
        gate.wait()
        try:
            return work(index)
        except ActionRefused as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_numbers_have_neither_gap_nor_double_under_eight_hands():
    decider = UserFactory(roles=[Role.REGIONAL_DIRECTOR])
    applications = [ApplicationFactory(registrant=RegistrantFactory(candidate=True)) for _ in range(16)]

    def work(index):
        return [
            actions.approve_application(application=application, by=decider).nia
            for application in applications[index * 2 : index * 2 + 2]
        ]

    numbers = [number for pair in in_threads(8, work) for number in pair]
    assert sorted(number.split("-")[1] for number in numbers) == [f"{n:06d}" for n in range(1, 17)]


@pytest.mark.django_db(transaction=True)
def test_two_deciders_at_once_decide_once():
    application = ApplicationFactory(registrant=RegistrantFactory(candidate=True))
    deciders = [UserFactory(roles=[Role.REGIONAL_DIRECTOR]) for _ in range(2)]
    results = in_threads(
        2, lambda index: actions.approve_application(application=application, by=deciders[index])
    )
    assert [isinstance(result, ActionRefused) for result in results].count(True) == 1
    assert NumberSequence.objects.get(region_id="11").last_value == 1


@pytest.mark.django_db(transaction=True)
def test_two_registrars_on_the_same_person_enter_it_once():
    registrars = [UserFactory(), UserFactory()]
    results = in_threads(
        2, lambda index: actions.open_application(data=application_data(), by=registrars[index])
    )
    assert [isinstance(result, ActionRefused) for result in results].count(True) == 1
    assert Registrant.objects.filter(national_id="ZT777777").count() == 1
