"""The pages of requests: what each reader sees of them, and that they do what they say."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from core.roles import REGIONAL_ROLES, ROLE_PERMISSIONS, Permission, Role
from registry.actions.changes.erasing import erase_changes
from registry.enums import CardStanding, ChangeKind, ChangeState, RegistrantState
from registry.held_data import held_about
from registry.held_values import held_values
from registry.models import ChangeRequest, RegisterRules
from tests.factories.changes import ChangeRequestFactory
from tests.factories.core import UserFactory
from tests.factories.registry import LAAYOUNE_COMMUNE, RegistrantFactory, ground_for, portrait_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def page(client, name, *args, **query):
    return client.get(reverse(f"registry:{name}", args=args), query, headers={"Accept-Language": "fr"})


def a_scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("scan.jpg", portrait_bytes((800, 1000)), "image/jpeg")


def amendment_fields(person, **changed) -> dict:
    held = held_values(person)
    names = (
        "kind", "given_name_ar", "family_name_ar", "given_name_latin", "family_name_latin", "gender",
        "birth_date", "national_id", "phone", "email", "address", "commune",
    )  # fmt: skip
    kind, title, years = held["qualification"] or ["", "", ""]
    return {
        **{name: held[name] for name in names},
        "province": person.commune.province_id,
        "principal_craft": held["crafts"][0],
        "qualification_kind": kind,
        "qualification_title": title,
        "years_of_exercise": years,
        "version": person.version,
    } | changed


@pytest.mark.parametrize("kind", [*ChangeKind.values, ""])
def test_the_queue_costs_the_same_for_one_and_for_three(
    sign_in, kind, django_assert_max_num_queries, django_assert_num_queries
):
    client = sign_in(Role.REGISTRAR)
    ChangeRequestFactory(kind=kind or ChangeKind.AMENDMENT)
    page(client, "changes", kind=kind)
    with django_assert_max_num_queries(12) as counted:
        page(client, "changes", kind=kind)
    for _ in range(2):
        ChangeRequestFactory(kind=kind or ChangeKind.AMENDMENT)
    with django_assert_num_queries(len(counted)):
        page(client, "changes", kind=kind)


def test_the_list_of_renewals_costs_the_same_for_one_and_for_three(
    sign_in, django_assert_max_num_queries, django_assert_num_queries
):
    RegisterRules.objects.create(region_id="11", registration_months=12)
    client = sign_in(Role.REGISTRAR)
    RegistrantFactory(valid_until=timezone.localdate())
    page(client, "renewals")
    with django_assert_max_num_queries(12) as counted:
        page(client, "renewals")
    RegistrantFactory(valid_until=timezone.localdate())
    RegistrantFactory(valid_until=timezone.localdate())
    with django_assert_num_queries(len(counted)):
        page(client, "renewals")


def test_what_is_late_stands_out_and_the_oldest_is_first(sign_in):
    new = ChangeRequestFactory()
    late = ChangeRequestFactory(due_on=timezone.localdate() - timedelta(days=1))
    ChangeRequest.objects.filter(pk=late.pk).update(entered_at=timezone.now() - timedelta(days=60))
    client = sign_in(Role.REGISTRAR)
    response = page(client, "changes")
    assert [change.pk for change in response.context["page"]] == [late.pk, new.pk]
    assert response.content.decode().count("badge-danger") == 1
    assert [change.pk for change in page(client, "changes", waiting="overdue").context["page"]] == [late.pk]


def transfer(state=ChangeState.SUBMITTED):
    """From Laâyoune (11) to Dakhla (12)."""
    return ChangeRequestFactory(kind=ChangeKind.TRANSFER, state=state)


@pytest.mark.parametrize("role", sorted(REGIONAL_ROLES))
@pytest.mark.parametrize(("region", "expected"), [("11", 200), ("12", 200), ("01", 404)])
def test_a_transfer_exists_for_the_two_chambers_alone(sign_in, role, region, expected):
    change = transfer()
    client = sign_in(role, region=region)
    if Permission.VIEW_REGISTER not in ROLE_PERMISSIONS[role]:
        expected = 403
    assert page(client, "change", change.pk).status_code == expected


def test_the_receiving_chamber_sees_the_request_and_not_the_file(sign_in):
    change = transfer()
    client = sign_in(Role.REGISTRAR, region="12")
    html = page(client, "change", change.pk).content.decode()
    assert change.registrant.family_name_latin in html
    for hidden in (change.registrant.national_id, change.registrant.phone[4:], "1980"):
        assert hidden not in html
    assert page(client, "detail", change.registrant_id).status_code == 404
    assert page(client, "amend", change.registrant_id).status_code == 404
    assert AuditEvent.objects.about(change.registrant).filter(action="registry.registrant.read").exists()


def test_before_its_holder_releases_it_the_asking_chamber_learns_nothing(sign_in):
    change = transfer(ChangeState.ASKED)
    client = sign_in(Role.REGISTRAR, region="12")
    for html in (
        page(client, "change", change.pk).content.decode(),
        page(client, "changes").content.decode(),
    ):
        assert change.registrant.nia in html
        assert change.registrant.family_name_latin not in html
        assert change.registrant.family_name_ar not in html
    assert page(client, "change_photograph", change.pk, "held").status_code == 404
    client.post(reverse("registry:change_submit", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == ChangeState.ASKED
    client = sign_in(Role.REGISTRAR, region="11")
    client.post(reverse("registry:change_submit", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == ChangeState.SUBMITTED


def somebody():
    return RegistrantFactory(family_name_ar="التجريبي", family_name_latin="Tajribi")


def test_an_amendment_is_entered_prefilled_and_only_the_difference_is_kept(sign_in):
    person = somebody()
    client = sign_in(Role.REGISTRAR)
    shown = page(client, "amend", person.pk).context["form"]["phone"].value()
    assert shown == f"0{person.phone[4:]}"
    url = reverse("registry:amend", args=[person.pk])
    response = client.post(url, amendment_fields(person, phone="06 61 55 66 77", proof=a_scan()))
    change = person.change_requests.get()
    assert response.url == reverse("registry:change", args=[change.pk])
    assert change.changes == {"phone": {"old": person.phone, "new": "+212661556677"}}
    assert change.documents.count() == 1
    assert page(client, "amend", person.pk).url == response.url


def test_a_file_that_passed_is_kept_when_another_field_did_not(sign_in):
    person = somebody()
    client = sign_in(Role.REGISTRAR)
    url = reverse("registry:amend", args=[person.pk])
    first = client.post(url, amendment_fields(person, phone="12", address="حي", proof=a_scan()))
    form = first.context["form"]
    assert set(form.errors) == {"phone"}
    again = amendment_fields(person, address="حي", proof_key=form.data["proof_key"])
    client.post(url, again)
    assert person.change_requests.get().documents.count() == 1


def test_a_commune_of_another_region_is_not_offered(sign_in):
    person = RegistrantFactory()
    client = sign_in(Role.REGISTRAR)
    response = client.post(
        reverse("registry:amend", args=[person.pk]),
        amendment_fields(person, province="12.066", commune="12.066.03.07"),
    )
    assert {"province", "commune"} <= set(response.context["form"].errors)


def decide(client, change, **fields):
    return client.post(reverse("registry:change_decide", args=[change.pk]), fields)


def test_a_decision_without_its_ground_or_reason_comes_back(sign_in):
    change = ChangeRequestFactory()
    response = decide(sign_in(Role.REGISTRAR), change, decision="refuse")
    assert set(response.context["form"].errors) == {"ground", "reason"}
    change.refresh_from_db()
    assert change.is_open


def test_a_registrar_does_not_decide_on_an_exit_and_a_director_does(sign_in):
    change = ChangeRequestFactory(kind=ChangeKind.EXIT)
    ground = ground_for("exit")
    fields = {"decision": "approve", "exit_ground": ground.pk}
    assert decide(sign_in(Role.REGISTRAR), change, **fields).status_code == 403
    assert decide(sign_in(Role.REGIONAL_DIRECTOR), change, **fields).status_code == 302
    change.registrant.refresh_from_db()
    assert change.registrant.state == RegistrantState.STRUCK_OFF


def test_the_grounds_offered_go_with_what_happened(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    codes = {}
    for kind in (ChangeKind.EXIT, ChangeKind.DEATH):
        form = page(client, "change", ChangeRequestFactory(kind=kind).pk).context["form"]
        codes[kind] = {ground.code for ground in form.fields["exit_ground"].queryset}
    assert codes[ChangeKind.DEATH] == {"death"}
    assert "death" not in codes[ChangeKind.EXIT]


def test_side_by_side_warns_of_what_changed_since(sign_in):
    change = ChangeRequestFactory()
    client = sign_in(Role.REGISTRAR)
    assert page(client, "change", change.pk).context["rows"][0].changed_since is False
    change.registrant.phone = "+212661111111"
    change.registrant.save()
    [row] = page(client, "change", change.pk).context["rows"]
    assert (row.name, row.changed_since) == ("phone", True)


def test_several_renewals_are_entered_and_accepted_at_once(sign_in):
    RegisterRules.objects.create(region_id="11", registration_months=12)
    people = [RegistrantFactory(valid_until=timezone.localdate()) for _ in range(3)]
    chosen = [person.pk for person in people[:2]]
    client = sign_in(Role.REGISTRAR)
    url = reverse("registry:renewals")
    assert "checks" in client.post(url, {"registrants": chosen, "checks": ["phone"]}).context["form"].errors
    client.post(url, {"registrants": chosen, "checks": ["photograph", "phone", "workplace"]})
    made = list(ChangeRequest.objects.values_list("pk", flat=True))
    assert len(made) == 2
    other = sign_in(Role.REGISTRAR)
    other.post(reverse("registry:renewals_accept"), {"renewals": [*made, "x"]})
    assert ChangeRequest.objects.filter(state=ChangeState.APPROVED).count() == 2
    people[0].refresh_from_db()
    assert people[0].valid_until > timezone.localdate() + timedelta(days=360)


def test_no_renewal_page_nags_where_registrations_do_not_end(sign_in):
    RegistrantFactory(valid_until=timezone.localdate())
    client = sign_in(Role.REGISTRAR)
    response = page(client, "renewals")
    assert response.context["has_length"] is False
    assert not response.context["page"].object_list


def test_a_transfer_is_asked_for_with_both_numbers(sign_in):
    person = RegistrantFactory(commune="12.066.03.07")
    client = sign_in(Role.REGISTRAR)
    fields = {"nia": person.nia, "national_id": "ZZ1", "province": "11.321", "commune": LAAYOUNE_COMMUNE}
    url = reverse("registry:transfer_ask")
    assert client.post(url, fields).context["form"].non_field_errors()
    assert not person.change_requests.exists()
    client.post(url, fields | {"national_id": person.national_id})
    change = person.change_requests.get()
    assert (change.region_id, change.destination_id, change.state) == ("12", "11", ChangeState.ASKED)


class TestOwnSpace:
    @pytest.fixture
    def person(self):
        return RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]))

    @pytest.fixture
    def client_of_person(self, person, sign_in):
        return sign_in(user=person.user)

    def test_a_correction_reaches_the_chambers_queue(self, person, client_of_person, sign_in):
        url = reverse("registry:own_correction")
        client_of_person.post(url, {"about": "phone", "explanation": "رقمي تغير", "proof": a_scan()})
        change = person.change_requests.get()
        assert (change.state, change.about, change.documents.count()) == (ChangeState.ASKED, "phone", 1)
        registrar = sign_in(Role.REGISTRAR)
        assert change in page(registrar, "changes", waiting="prepare").context["page"]
        assert "رقمي تغير" in page(registrar, "change_prepare", change.pk).content.decode()

    def test_leaving_shows_its_steps_and_needs_the_certificate(self, person, client_of_person):
        url = reverse("registry:own_leave")
        assert client_of_person.get(url).status_code == 200
        errors = client_of_person.post(url, {"explanation": ""}).context["form"].errors
        assert set(errors) == {"proof", "understood"}
        client_of_person.post(url, {"understood": "on", "proof": a_scan()})
        change = person.change_requests.get()
        assert (change.kind, change.state) == (ChangeKind.EXIT, ChangeState.ASKED)
        assert client_of_person.get(url).context["change"] == change

    def test_only_ones_own_wish_can_be_taken_back(self, person, client_of_person):
        own = ChangeRequestFactory(registrant=person, state=ChangeState.ASKED, entered_by=person.user)
        others = ChangeRequestFactory(state=ChangeState.ASKED)
        for change, status in ((own, 302), (others, 404)):
            url = reverse("registry:own_change_withdraw", args=[change.pk])
            assert client_of_person.post(url).status_code == status
        own.refresh_from_db()
        assert own.state == ChangeState.WITHDRAWN

    @pytest.mark.parametrize("language", ["ar", "fr"])
    def test_the_letter_comes_in_both_languages_once_it_is_decided(self, person, client_of_person, language):
        refused = ChangeRequestFactory(registrant=person, state=ChangeState.REFUSED)
        open_one = ChangeRequestFactory(registrant=person)
        letter = client_of_person.get(reverse("registry:own_change_letter", args=[refused.pk, language]))
        assert letter.content.startswith(b"%PDF")
        waiting = client_of_person.get(reverse("registry:own_change_letter", args=[open_one.pk, language]))
        assert waiting.status_code == 404


@pytest.mark.parametrize("kind", ChangeKind.values)
@pytest.mark.parametrize("state", [ChangeState.APPROVED, ChangeState.REFUSED])
def test_every_decision_has_its_letter(sign_in, kind, state):
    change = ChangeRequestFactory(kind=kind, state=state)
    letter = page(sign_in(Role.REGISTRAR), "change_letter", change.pk, "ar")
    assert letter.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("field", "standing", "told"),
    [
        ("family_name_ar", CardStanding.HANDED_OVER, True),
        ("family_name_ar", CardStanding.NONE, False),
        ("phone", CardStanding.HANDED_OVER, False),
    ],
)
def test_it_is_said_when_a_card_that_is_out_shows_an_old_value(sign_in, field, standing, told):
    person = RegistrantFactory(card_standing=standing)
    change = ChangeRequestFactory(
        registrant=person, changes={field: {"old": getattr(person, field), "new": "+212661999999"}}
    )
    assert page(sign_in(Role.REGISTRAR), "change", change.pk).context["card_is_old"] is told


def test_what_is_held_of_a_person_tells_of_their_requests():
    change = ChangeRequestFactory(explanation="رقم جديد")
    [section] = [one for one in held_about(change.registrant) if one.code == "changes"]
    assert ("Explanation", "رقم جديد") in section.entries[0]
    assert any("06 61 99 99 99" in value for _label, value in section.entries[0])


def test_erasing_a_person_erases_their_requests():
    person = RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]), state=RegistrantState.STRUCK_OFF)
    ChangeRequestFactory(registrant=person, state=ChangeState.WITHDRAWN, entered_by=person.user)
    other = ChangeRequestFactory()
    assert erase_changes(person) == []
    assert list(ChangeRequest.objects.all()) == [other]
    person.user.delete()


def test_the_next_request_is_the_oldest_that_is_ones_own_to_decide(sign_in):
    registrar = sign_in(Role.REGISTRAR)
    ChangeRequestFactory(entered_by=registrar.user, submitted_by=registrar.user)
    ChangeRequestFactory(kind=ChangeKind.DEATH)
    oldest, _newer = ChangeRequestFactory(), ChangeRequestFactory()
    assert page(registrar, "change_next").url == reverse("registry:change", args=[oldest.pk])
    assert page(registrar, "changes", waiting="decide").context["page"][0] == oldest
    refused = sign_in(Role.REGISTRAR, region="12")
    assert page(refused, "change_next").url == reverse("registry:changes")


def test_who_made_a_request_is_told_so_instead_of_being_asked(sign_in):
    registrar = sign_in(Role.REGISTRAR)
    own = ChangeRequestFactory(entered_by=registrar.user, submitted_by=registrar.user)
    other = ChangeRequestFactory()
    for change, asked in ((own, False), (other, True)):
        assert ('name="decision"' in page(registrar, "change", change.pk).content.decode()) is asked


def test_the_members_of_a_cooperative_are_amended_side_by_side(sign_in):
    registrar, director = sign_in(Role.REGISTRAR), sign_in(Role.REGIONAL_DIRECTOR)
    cooperative = RegistrantFactory(
        kind="cooperative",
        organisation_name_ar="تعاونية",
        organisation_name_latin="Coop",
        family_name_ar="العلوي",
        family_name_latin="Alaoui",
    )
    cooperative.qualifications.all().delete()
    content = page(registrar, "amend", cooperative.pk).content.decode()
    assert "عضو تجريبي" in content
    fields = amendment_fields(
        cooperative,
        organisation_name_ar="تعاونية",
        organisation_name_latin="Coop",
        **{
            "members-TOTAL_FORMS": 3,
            "members-INITIAL_FORMS": 1,
            "members-0-name_ar": "عضو تجريبي",
            "members-0-name_latin": "Membre",
            "members-0-national_id": "ZM1000",
            "members-0-role": "member",
            "members-0-DELETE": "on",
            "members-1-name_ar": "خديجة الجديدة",
            "members-1-national_id": "ZM2000",
            "members-1-role": "president",
            "members-2-role": "member",
        },
    )
    sent = registrar.post(reverse("registry:amend", args=[cooperative.pk]), fields)
    assert sent.status_code == 302, sent.context["form"].errors
    change = ChangeRequest.objects.get()
    assert set(change.changes) == {"members"}
    shown = page(director, "change", change.pk).content.decode()
    assert "خديجة" in shown and "ZM2000" not in shown
    director.post(reverse("registry:change_decide", args=[change.pk]), {"decision": "approve"})
    member = cooperative.members.get()
    assert (member.name_ar, member.national_id, member.role) == ("خديجة الجديدة", "ZM2000", "president")
    assert "ZM2000" not in str(AuditEvent.objects.about(cooperative).values_list("after", "before"))
    everybody_gone = fields | {"members-0-national_id": "ZM2000", "members-1-name_ar": "", "version": 2}
    everybody_gone |= {"members-1-national_id": "", "members-1-role": "member"}
    response = registrar.post(reverse("registry:amend", args=[cooperative.pk]), everybody_gone)
    assert response.context["form"].non_field_errors()
    assert cooperative.members.count() == 1


def test_an_enterprise_is_not_offered_a_second_craft_by_an_amendment(sign_in):
    enterprise = RegistrantFactory(
        kind="enterprise",
        supervisor=RegistrantFactory(),
        organisation_name_ar="مقاولة",
        organisation_name_latin="Atelier",
    )
    content = page(sign_in(Role.REGISTRAR), "amend", enterprise.pk).content.decode()
    assert 'name="principal_craft"' in content and 'name="second_craft"' not in content


def test_an_artisans_file_names_the_enterprises_supervised(sign_in):
    artisan = RegistrantFactory()
    RegistrantFactory(
        kind="enterprise",
        supervisor=artisan,
        organisation_name_ar="مقاولة النخيل",
        organisation_name_latin="Palmeraie",
    )
    registrar = sign_in(Role.REGISTRAR)
    assert "مقاولة النخيل" in page(registrar, "detail", artisan.pk).content.decode()
