"""Pages of craft bodies: from the plan to the bureau, what is refused, how many queries."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.roles import Role
from registry.models import CraftBody, FoundingAssembly, Ground
from tests.factories.bodies import (
    add_statutes,
    branch,
    convoked_assembly,
    founded_body,
    held_assembly,
    planned_body,
)
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory, portrait_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(sign_in):
    return sign_in(Role.REGIONAL_DIRECTOR)


def test_from_the_plan_to_the_bureau(director):
    people = [RegistrantFactory() for _ in range(3)]
    planned = director.post(
        reverse("registry:body_new"),
        {"level": "provincial", "branch": branch().pk, "province": "11.321"},
    )
    body = CraftBody.objects.get()
    assert planned.url == reverse("registry:body", args=[body.pk])
    director.post(
        reverse("registry:convoke", args=[body.pk]),
        {
            "starts_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
            "venue_ar": "دار الصانع",
            "venue_fr": "Maison",
            "convoked": "persons",
            "proxies_each": "1",
        },
    )
    assembly = FoundingAssembly.objects.get()
    entrance = reverse("registry:attendance", args=[assembly.pk])
    for person in people[:2]:
        assert director.post(entrance, {"text": person.nia}).status_code == 302
    for nobody in ("0", "²", "9" * 5000):
        assert director.post(entrance, {"convocation": nobody}).status_code == 404
    one = assembly.convocations.get(registrant=people[2])
    director.post(entrance, {"step": "represented", "convocation": one.pk, "text": people[0].national_id})
    assert assembly.convocations.attending().count() == 3
    director.post(reverse("registry:attendance_close", args=[assembly.pk]))
    results = reverse("registry:assembly_results", args=[assembly.pk])
    for person, post in zip(people, ("president", "treasurer", ""), strict=True):
        director.post(results, {"step": "candidate", "number": person.nia, "votes": "1", "post": post})
    director.post(results, {"step": "facts", "ballots": 3, "blank_ballots": 0, "statutes_adopted": "on"})
    scan = SimpleUploadedFile("statutes.jpg", portrait_bytes((900, 1200)))
    director.post(reverse("registry:body_document_add", args=[body.pk]), {"kind": "statutes", "file": scan})
    director.post(reverse("registry:found_body", args=[assembly.pk]))
    body.refresh_from_db()
    assert body.state == "founded"
    page = director.get(reverse("registry:bureau", args=[body.pk])).content.decode()
    assert people[0].name_ar in page and people[1].name_ar in page


def test_a_name_shows_who_is_meant_and_stands_in_no_address(director):
    assembly = convoked_assembly()
    person = assembly.convocations.first().registrant
    entrance = reverse("registry:attendance", args=[assembly.pk])
    shown = director.post(entrance, {"text": "محمد"})
    assert shown.status_code == 200
    assert len(shown.context["matches"]) == 3
    assert assembly.convocations.attending().count() == 0
    director.post(entrance, {"step": "present", "convocation": assembly.convocations.first().pk})
    assert assembly.convocations.attending().get().registrant == person
    director.post(entrance, {"step": "absent", "convocation": assembly.convocations.first().pk})
    assert assembly.convocations.attending().count() == 0


def test_another_assemblys_person_is_not_ticked_here(director):
    assembly = convoked_assembly()
    other = convoked_assembly(body=planned_body(level="regional")).convocations.first()
    answer = director.post(
        reverse("registry:attendance", args=[assembly.pk]), {"step": "present", "convocation": other.pk}
    )
    assert answer.status_code == 404


def test_the_count_asks_for_itself_again_while_people_come(director):
    assembly = convoked_assembly()
    answer = director.get(reverse("registry:attendance", args=[assembly.pk]), headers={"hx-request": "true"})
    html = answer.content.decode()
    assert "<html" not in html and "hx-trigger" in html


def test_what_a_national_body_shows_a_region_may_not_change(director):
    body = founded_national()
    assert director.get(reverse("registry:body", args=[body.pk])).status_code == 200
    for name in ("body_dissolve", "convoke"):
        assert director.get(reverse(f"registry:{name}", args=[body.pk])).status_code == 403
    assembly, mandate = body.assemblies.get(), body.mandates.first()
    for name, pk in (
        ("attendance", assembly.pk),
        ("assembly_results", assembly.pk),
        ("mandate_end", mandate.pk),
        ("member_leave", body.memberships.first().pk),
    ):
        assert director.get(reverse(f"registry:{name}", args=[pk])).status_code == 403
    assert director.post(reverse("registry:bureau", args=[body.pk]), {}).status_code == 403


def founded_national():
    founded_body()
    founded_body(body=planned_body(level="regional"))
    return founded_body(body=planned_body(level="national"))


def test_who_only_sees_the_register_changes_no_body(sign_in):
    body = founded_body()
    officer = sign_in(Role.CARD_OFFICER)
    assert officer.get(reverse("registry:body", args=[body.pk])).status_code == 200
    assert officer.post(reverse("registry:bureau", args=[body.pk]), {}).status_code == 403
    assert officer.post(reverse("registry:body_members", args=[body.pk]), {}).status_code == 403


def test_errors_stand_beside_the_field_and_nothing_is_lost(director):
    body = founded_body()
    page = director.post(
        reverse("registry:bureau", args=[body.pk]),
        {"person": "99-999999-9", "post": "treasurer", "starts_on": "2027-01-01"},
    ).content.decode()
    assert 'value="99-999999-9"' in page and 'aria-invalid="true"' in page
    page = director.post(
        reverse("registry:convoke", args=[planned_body(level="regional").pk]),
        {"starts_at": "1901-01-01T10:00", "venue_ar": "دار", "venue_fr": "دار", "convoked": "persons"},
    )
    assert page.status_code == 200
    assert {"starts_at", "venue_fr", "proxies_each"} <= set(page.context["form"].errors)


def test_a_mandate_and_a_membership_are_ended_on_their_pages(director):
    body = founded_body()
    mandate = body.mandates.get(post="secretary")
    ends = timezone.localdate() + timedelta(days=3)
    ground = Ground.objects.get(procedure="mandate_end", code="resignation")
    director.post(
        reverse("registry:mandate_end", args=[mandate.pk]),
        {"ends_on": ends.isoformat(), "ground": ground.pk, "reason": "استقالة"},
    )
    mandate.refresh_from_db()
    assert mandate.ends_on == ends
    held = body.mandates.values("registrant_id")
    membership = body.memberships.exclude(registrant_id__in=held).get()
    director.post(
        reverse("registry:member_leave", args=[membership.pk]),
        {"day": timezone.localdate().isoformat(), "reason": "طلب"},
    )
    membership.refresh_from_db()
    assert membership.left_on == timezone.localdate()


def test_a_damaged_document_is_refused_in_words(director):
    body = planned_body()
    answer = director.post(
        reverse("registry:body_document_add", args=[body.pk]),
        {"kind": "statutes", "file": SimpleUploadedFile("a.pdf", b"no pdf at all")},
    )
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not body.documents.exists()


def test_documents_of_another_region_do_not_exist(sign_in):
    document = add_statutes(planned_body(commune=DAKHLA_COMMUNE))
    address = reverse("registry:body_document", args=[document.pk])
    assert sign_in(Role.REGISTRAR).get(address).status_code == 404
    admin = sign_in(Role.NATIONAL_ADMIN).get(address)
    assert admin.status_code == 200 and admin["Cache-Control"] == "private, no-store"
    assert b"".join(admin.streaming_content) == b"%PDF-1.7"


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("paper", ["convocation", "list", "minutes"])
def test_papers_are_printed_in_the_readers_language(director, paper, language):
    assembly = held_assembly()
    director.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = director.get(reverse("registry:assembly_paper", args=[assembly.pk, paper]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_there_are_no_minutes_of_an_assembly_to_come(director):
    assembly = convoked_assembly()
    for paper in ("minutes", "other"):
        answer = director.get(reverse("registry:assembly_paper", args=[assembly.pk, paper]))
        assert answer.status_code == 404


def test_a_long_list_is_taken_away_as_a_table_without_formulas(director, monkeypatch):
    monkeypatch.setattr("registry.body_papers.MOST_PRINTED", 1)
    assembly = convoked_assembly()
    person = assembly.convocations.first().registrant
    person.family_name_latin, person.given_name_latin = "x", "=cmd"
    person.save()
    answer = director.get(reverse("registry:assembly_paper", args=[assembly.pk, "list"]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 4
    assert "'=cmd x" in text


def queries_of(client, name, count, *args):
    path = reverse(f"registry:{name}", args=args)
    client.get(path)
    with count() as counted:
        assert client.get(path).status_code == 200
    return len(counted)


@pytest.fixture
def count(django_assert_max_num_queries):
    return lambda: django_assert_max_num_queries(60)


def test_lists_take_the_same_queries_at_one_row_and_at_three(director, count):
    planned_body()
    before = queries_of(director, "bodies", count)
    planned_body(level="regional"), planned_body(level="national")
    assert queries_of(director, "bodies", count) == before


@pytest.mark.parametrize("name", ["convocation_list", "attendance"])
def test_a_list_of_people_takes_the_same_queries_at_one_and_at_three(director, name, count):
    numbers = set()
    for level, people in (("provincial", 1), ("regional", 2)):
        assembly = convoked_assembly(body=planned_body(level=level), people=people)
        for convocation in assembly.convocations.all():
            director.post(
                reverse("registry:attendance", args=[assembly.pk]),
                {"step": "present", "convocation": convocation.pk},
            )
        numbers.add(queries_of(director, name, count, assembly.pk))
    assert len(numbers) == 1


@pytest.mark.parametrize("name", ["bureau", "body_members", "body"])
def test_a_bodys_pages_take_the_same_queries_however_many_belong(director, name, count):
    body = founded_body(people=2)
    before = queries_of(director, name, count, body.pk)
    regional = founded_body(people=4, body=planned_body(level="regional"))
    # What it rests on is asked for beside.
    assert queries_of(director, name, count, regional.pk) <= before + 3
    director.get(reverse(f"registry:{name}", args=[regional.pk]))


def test_the_public_page_names_nobody_who_did_not_agree(client):
    body = founded_body()
    president = body.mandates.get(post="president").registrant
    path = reverse("registry:public_bodies")
    assert president.person_name_ar not in client.get(path).content.decode()
    body.is_public = True
    body.save()
    cache.clear()
    html = client.get(path).content.decode()
    assert president.person_name_ar in html
    for secret in (president.nia, president.national_id, president.phone):
        assert secret not in html


def test_the_public_pages_ask_the_database_once_in_a_while(client, django_assert_num_queries):
    founded_body()
    client.get(reverse("registry:public_crafts"))
    with django_assert_num_queries(0):
        found = client.get(reverse("registry:public_crafts"), {"q": "couture"}).content.decode()
    assert "الخياطة التقليدية" in found and "الزليج" not in found
    client.get(reverse("registry:public_bodies"))
    with django_assert_num_queries(1):
        client.get(reverse("registry:public_bodies"))


def test_progress_shows_the_published_target_and_none_by_region(sign_in):
    founded_body()
    page = sign_in(Role.NATIONAL_ADMIN).get(reverse("registry:bodies_progress")).content.decode()
    assert re.search(r'<progress value="1" max="288"', page)
    regional = sign_in(Role.REGIONAL_DIRECTOR).get(reverse("registry:bodies_progress")).content.decode()
    assert "<progress" not in regional and regional.count('<th scope="row"') == 2


def test_filters_narrow_the_list(director):
    here, regional = planned_body(), planned_body(level="regional")
    answer = director.get(reverse("registry:bodies"), {"level": "regional"})
    assert list(answer.context["page"]) == [regional]
    answer = director.get(reverse("registry:bodies"), {"state": "planned", "province": "11.321"})
    assert list(answer.context["page"]) == [here]
    assert len(answer.context["chips"]) == 2
    assert not list(director.get(reverse("registry:bodies"), {"renewal": "on"}).context["page"])


def test_convoking_twice_leads_back_to_the_body(director):
    assembly = convoked_assembly()
    answer = director.get(reverse("registry:convoke", args=[assembly.body_id]))
    assert answer.status_code == 302
