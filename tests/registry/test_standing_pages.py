"""The pages of a suspension: the whole way through the forms, the list, the file, the own space."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from core.roles import Role
from registry.enums import ProceedingStage, RegistrantState
from registry.held_data import held_about
from registry.models import Proceeding, Registrant
from registry.signals import registrant_erased
from tests.factories.core import UserFactory
from tests.factories.proceedings import ProceedingFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory, ground_for, portrait_bytes

pytestmark = pytest.mark.django_db


def test_from_notice_to_reinstatement(sign_in):
    registrant = RegistrantFactory()
    one, other, counter = (
        sign_in(Role.REGIONAL_DIRECTOR),
        sign_in(Role.REGIONAL_DIRECTOR),
        sign_in(Role.REGISTRAR),
    )
    today = timezone.localdate().isoformat()
    grounded = {"ground": ground_for("suspension").pk, "reason": "تعليل"}
    one.post(f"/register/{registrant.pk}/notice/suspension/", grounded)
    proceeding = Proceeding.objects.get()
    page = f"/register/proceedings/{proceeding.pk}/"
    scan = SimpleUploadedFile("scan.jpg", portrait_bytes())
    counter.post(f"{page}reply/", {"received_on": today, "text": "جوابي", "documents": [scan]})
    other.post(f"{page}decision/", {"outcome": "against", **grounded})
    counter.post(f"{page}appeal/", {"received_on": today, "text": "طعني"})
    answer = {"outcome": "reject", "ground": ground_for("appeal").pk, "reason": "تعليل"}
    one.post(f"{page}appeal/decision/", answer)
    proceeding.refresh_from_db()
    assert proceeding.stage == ProceedingStage.CONFIRMED
    assert proceeding.reply_documents.count() == 1
    back = {"ground": ground_for("reinstatement").pk, "reason": "تعليل"}
    one.post(f"/register/{registrant.pk}/reinstatement/", back)
    registrant.refresh_from_db()
    assert registrant.state == RegistrantState.REINSTATED
    html = one.get(page).content.decode()
    assert "جوابي" in html
    assert "طعني" in html


def test_what_was_typed_stays_when_the_step_is_refused(sign_in):
    proceeding = ProceedingFactory(stage="replied")
    director = sign_in(user=proceeding.notice_by)
    response = director.post(
        f"/register/proceedings/{proceeding.pk}/decision/",
        {"outcome": "against", "ground": ground_for("suspension").pk, "reason": "تعليل طويل"},
    )
    assert response.status_code == 200
    assert "تعليل طويل" in response.content.decode()
    proceeding.refresh_from_db()
    assert proceeding.stage == ProceedingStage.REPLIED


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"outcome": "against", "reason": "تعليل"}, "ground"),
        ({"outcome": "against", "ground": "1", "reason": " \u200f "}, "reason"),
        ({"outcome": "drop", "reason": ""}, "reason"),
        ({"reason": "تعليل"}, "outcome"),
    ],
)
def test_errors_stand_beside_their_fields(sign_in, data, wrong):
    proceeding = ProceedingFactory(stage="replied")
    if "ground" in data:
        data = data | {"ground": ground_for("suspension").pk}
    response = sign_in(Role.REGIONAL_DIRECTOR).post(f"/register/proceedings/{proceeding.pk}/decision/", data)
    assert set(response.context["form"].errors) == {wrong}


def test_a_reply_of_neither_words_nor_documents_is_an_error_beside_the_words(sign_in):
    proceeding = ProceedingFactory()
    response = sign_in(Role.REGISTRAR).post(
        f"/register/proceedings/{proceeding.pk}/reply/",
        {"received_on": timezone.localdate().isoformat(), "text": " "},
    )
    assert set(response.context["form"].errors) == {"text"}


def test_the_list_sorts_by_what_waits(sign_in):
    running, over = ProceedingFactory(age=2), ProceedingFactory(age=20)
    replied, appealed = ProceedingFactory(stage="replied"), ProceedingFactory(stage="appealed")
    closed = ProceedingFactory(stage="decided")
    ProceedingFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE), age=20)
    client = sign_in(Role.REGIONAL_DIRECTOR)

    def listed(state):
        return list(client.get(f"/register/proceedings/?state={state}").context["page"])

    assert listed("decide") == [over, replied]
    assert listed("appeals") == [appealed]
    assert listed("reply") == [running]
    assert listed("closed") == [closed]
    today = timezone.localdate()
    assert list(Proceeding.objects.visible_to(client.user).overdue(today)) == [over]
    assert list(Proceeding.objects.visible_to(client.user).overdue(today - timedelta(days=9))) == []


@pytest.mark.parametrize("stage", ["notified", "replied", "appealed", "decided"])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    sign_in, stage, django_assert_max_num_queries, client
):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    tab = {"notified": "reply", "replied": "decide", "appealed": "appeals", "decided": "closed"}[stage]
    address = f"/register/proceedings/?state={tab}"
    ProceedingFactory(stage=stage)
    client.get(address)
    with django_assert_max_num_queries(12) as one:
        client.get(address)
    for _ in range(2):
        ProceedingFactory(stage=stage)
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert len(client.get(address).context["page"]) == 3


def test_the_home_page_counts_what_waits_for_who_decides(sign_in):
    ProceedingFactory(age=20)
    ProceedingFactory(stage="appealed")
    html = sign_in(Role.REGIONAL_DIRECTOR).get("/").content.decode()
    assert "/register/proceedings/?state=decide" in html
    assert "state=decide" not in sign_in(Role.CARD_OFFICER).get("/").content.decode()


def steps_on_file(client, registrant):
    html = client.get(f"/register/{registrant.pk}/").content.decode()
    return {
        word
        for word in (
            "notice/suspension",
            "notice/striking_off",
            "reinstatement",
            "reply",
            "decision",
            "appeal",
        )
        if f"/{word}/" in html
    }


def test_the_file_offers_what_may_be_done_and_nothing_else(sign_in):
    director, officer = sign_in(Role.REGIONAL_DIRECTOR), sign_in(Role.CARD_OFFICER)
    registered, suspended = RegistrantFactory(), RegistrantFactory(state="suspended")
    running = ProceedingFactory()
    assert steps_on_file(director, registered) == {"notice/suspension", "notice/striking_off"}
    assert steps_on_file(director, suspended) == {"notice/striking_off", "reinstatement"}
    assert steps_on_file(director, running.registrant) == {"reply", "decision"}
    assert steps_on_file(director, RegistrantFactory(candidate=True)) == set()
    for registrant in (registered, suspended, running.registrant):
        assert steps_on_file(officer, registrant) == set()


def test_the_artisan_sees_the_notice_with_its_date_and_the_letter(sign_in):
    registrant = RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]))
    director = sign_in(Role.REGIONAL_DIRECTOR)
    grounded = {"ground": ground_for("suspension").pk, "reason": "تعليل"}
    director.post(f"/register/{registrant.pk}/notice/suspension/", grounded)
    letter = registrant.letters.get()
    html = sign_in(user=registrant.user).get("/register/me/file/").content.decode()
    assert f"/register/me/letters/{letter.pk}/ar.pdf" in html
    assert "أجل" in html or "إلى غاية" in html


@pytest.mark.parametrize("state", ["suspended", "struck_off"])
def test_who_is_off_the_register_still_signs_in_to_read_the_chambers_letters(state, sign_in):
    registrant = RegistrantFactory(state=state, user=UserFactory(roles=[Role.ARTISAN]))
    assert Registrant.objects.by_own_number(registrant.nia) == registrant
    assert Registrant.objects.by_sign_in_name(registrant.nia) is None
    assert sign_in(user=registrant.user).get("/register/me/").status_code == 200
    candidate = RegistrantFactory(candidate=True)
    assert Registrant.objects.by_own_number(candidate.national_id) is None


def test_what_was_said_is_part_of_what_is_held_and_goes_with_it():
    proceeding = ProceedingFactory(stage="appealed", appeal_text="كلامي")
    person = proceeding.registrant
    sections = {section.code: section for section in held_about(person)}
    assert "هذا جوابي" in str(sections["proceedings"].entries)
    registrant_erased.send(sender=Registrant, registrant=person)
    proceeding.refresh_from_db()
    assert {proceeding.notice_reason, proceeding.reply_text, proceeding.appeal_text} == {"—"}
    assert not person.letters.exists()


@pytest.mark.parametrize(("language", "stage"), [("fr", "Décidée"), ("ar", "صدر المقرر")])
def test_the_stage_of_a_decided_proceeding_is_not_the_label_of_a_date(language, stage):
    with translation.override(language):
        assert str(ProceedingStage.DECIDED.label) == stage


def test_a_scan_that_passed_is_kept_while_another_is_mended(sign_in):
    proceeding = ProceedingFactory()
    counter = sign_in(Role.REGISTRAR)
    page = f"/register/proceedings/{proceeding.pk}/reply/"
    good = SimpleUploadedFile("scan.jpg", portrait_bytes())
    bad = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 broken")
    sent = {"received_on": "tomorrow", "text": "", "documents": [good, bad]}
    response = counter.post(page, sent)
    form = response.context["form"]
    assert set(form.errors) == {"received_on", "documents"}
    assert "letter.pdf" in form.errors["documents"][0] and "scan.jpg" not in form.errors["documents"][0]
    assert (response.context["kept_count"], len(form.data["kept"].split())) == (1, 1)
    again = {"received_on": timezone.localdate().isoformat(), "text": "", "kept": form.data["kept"]}
    assert sign_in(Role.REGISTRAR).post(page, again).context["form"].errors["text"]
    assert counter.post(page, again).status_code == 302
    assert proceeding.reply_documents.count() == 1
