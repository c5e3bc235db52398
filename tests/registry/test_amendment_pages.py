"""The pages of amendments: entered over what is held, shown side by side."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from core.roles import Role
from registry.enums import CardStanding
from registry.held_values import held_values
from registry.models import ChangeRequest, Craft
from tests.factories.changes import ChangeRequestFactory, a_scan
from tests.factories.registry import RegistrantFactory
from tests.registry.visits import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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
        "crafts-TOTAL_FORMS": 0,
        "crafts-INITIAL_FORMS": 0,
        "qualification_kind": kind,
        "qualification_title": title,
        "years_of_exercise": years,
        "version": person.version,
    } | changed


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


def test_side_by_side_warns_of_what_changed_since(sign_in):
    change = ChangeRequestFactory()
    client = sign_in(Role.REGISTRAR)
    assert page(client, "change", change.pk).context["rows"][0].changed_since is False
    change.registrant.phone = "+212661111111"
    change.registrant.save()
    [row] = page(client, "change", change.pk).context["rows"]
    assert (row.name, row.changed_since) == ("phone", True)


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
    assert 'name="principal_craft"' in content and "crafts-0-craft" not in content


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


def test_more_crafts_than_three_are_amended_and_an_emptied_one_is_taken_away(sign_in):
    person, director = somebody(), sign_in(Role.REGIONAL_DIRECTOR)
    principal, *others = Craft.objects.current()[:6]
    for craft in others[:3]:
        person.craft_links.create(craft=craft)
    registrar = sign_in(Role.REGISTRAR)
    url = reverse("registry:amend", args=[person.pk])
    shown = registrar.get(url).context["form"].crafts
    assert [row["craft"].value() for row in shown] == [*(craft.pk for craft in others[:3]), None, None]
    wanted = [others[0], None, others[2], others[3], others[4]]
    rows = {f"crafts-{index}-craft": craft.pk if craft else "" for index, craft in enumerate(wanted)}
    rows |= {"crafts-TOTAL_FORMS": 5, "crafts-INITIAL_FORMS": 3}
    twice = registrar.post(url, amendment_fields(person, **rows | {"crafts-4-craft": principal.pk}))
    assert "craft" in twice.context["form"].crafts.errors[4]
    assert registrar.post(url, amendment_fields(person, **rows)).status_code == 302
    change = person.change_requests.get()
    director.post(reverse("registry:change_decide", args=[change.pk]), {"decision": "approve"})
    crafts = [principal, others[0], *others[2:5]]
    assert {link.craft for link in person.craft_links.all()} == set(crafts)
    assert person.craft_links.get(is_principal=True).craft == principal
