"""Letters: each kind says in Arabic and in French what was decided, why, and until when one may answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.dates import date_in_words
from core.models import AuditEvent, Chamber
from core.roles import Role
from registry import actions
from registry.letters import letter_pdf
from registry.models import Letter
from tests.factories.core import UserFactory
from tests.factories.proceedings import ProceedingFactory, director
from tests.factories.registry import ApplicationFactory, RegistrantFactory, ground_for
from tests.registry.printed import says, words_of

pytestmark = pytest.mark.django_db

REASON = "الوثيقة المدلى بها لا تطابق المعطيات المصرح بها."


def application_letter(decision):
    application = ApplicationFactory()
    if decision == "approval":
        actions.approve_application(application=application, by=director())
    else:
        act, procedure = {
            "return": (actions.return_application, "return"),
            "rejection": (actions.reject_application, "rejection"),
        }[decision]
        act(application=application, ground=ground_for(procedure), reason=REASON, by=director())
    return application.letters.get()


def proceeding_letter(kind):
    if kind == "notice":
        proceeding = actions.give_notice(
            registrant=RegistrantFactory(),
            kind="striking_off",
            ground=ground_for("striking_off"),
            reason=REASON,
            by=director(),
        )
    elif kind == "dropped":
        proceeding = ProceedingFactory()
        actions.drop_proceeding(proceeding=proceeding, reason=REASON, by=director())
    elif kind == "appeal":
        proceeding = ProceedingFactory(stage="appealed")
        actions.decide_appeal(
            proceeding=proceeding, upheld=False, ground=ground_for("appeal"), reason=REASON, by=director()
        )
    else:
        proceeding = ProceedingFactory(stage="replied", kind=kind)
        actions.decide_proceeding(
            proceeding=proceeding, ground=ground_for(kind), reason=REASON, by=director()
        )
    return proceeding.letters.get()


def reinstatement_letter():
    registrant = RegistrantFactory(state="suspended")
    actions.reinstate(registrant=registrant, ground=ground_for("reinstatement"), reason=REASON, by=director())
    return registrant.letters.get()


def letter_of(kind):
    if kind in {"approval", "return", "rejection"}:
        return application_letter(kind)
    return reinstatement_letter() if kind == "reinstatement" else proceeding_letter(kind)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


# What each kind says in Arabic, and the days from today that it names.
KINDS = {
    "approval": ("تسجيلكم في السجل الوطني للصناعة التقليدية", []),
    "return": ("يتعذر البت فيه على حاله", [30]),
    "rejection": ("قررت الغرفة رفضه", []),
    "notice": ("تنظر في التشطيب عليكم", [15]),
    "dropped": ("حفظ المسطرة المفتوحة", []),
    "suspension": ("قررت الغرفة توقيف تسجيلكم مؤقتا", [30]),
    "striking_off": ("قررت الغرفة التشطيب عليكم", [30]),
    "appeal": ("ويبقى المقرر قائما", []),
    "reinstatement": ("قررت الغرفة إعادة تسجيلكم", []),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_arabic_letter_says_who_why_and_until_when(kind):
    letter = letter_of(kind)
    person = letter.registrant
    person.refresh_from_db()
    page = " ".join(words_of(letter_pdf(letter, "ar")))
    said, days = KINDS[kind]
    assert says(page, said)
    assert says(page, person.person_name_ar)
    assert letter.reference in page
    assert (person.nia or "") in page
    if letter.facts["ground"]:
        assert says(page, letter.facts["ground"]["ar"])
        assert says(page, REASON)
    for day in [letter.dated, *map(in_days, days)]:
        number, month, year = date_in_words(day, "ar").split()
        assert says(page, month)
        assert f"{year} {month} {number}" in page or f"{number} {month} {year}" in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_french_letter_is_whole_and_names_the_same_days(kind):
    letter = letter_of(kind)
    page = " ".join(words_of(letter_pdf(letter, "fr")))
    assert letter.registrant.person_name_latin in page
    assert "Objet :" in page
    letter.registrant.refresh_from_db()
    assert (letter.registrant.nia or letter.application.tracking_number) in page
    for day in [letter.dated, *map(in_days, KINDS[kind][1])]:
        assert date_in_words(day, "fr") in page
    if letter.facts["ground"]:
        assert letter.facts["ground"]["fr"] in page


def test_a_letter_says_the_same_when_settings_and_names_have_changed():
    letter = proceeding_letter("suspension")
    before = letter_pdf(letter, "ar")
    Chamber.objects.filter(region_id="11").update(signatory_name_ar="آخر", name_ar="غرفة أخرى")
    person = letter.registrant
    person.family_name_ar = "اسم آخر"
    person.save()
    assert letter_pdf(Letter.objects.get(pk=letter.pk), "ar") == before


def test_numbers_run_by_chamber_and_year_without_gap():
    numbers = [letter_of("notice").reference for _ in range(3)]
    year = timezone.localdate().year
    assert numbers == [f"11/{year}/{n:05d}" for n in (1, 2, 3)]


def test_a_letter_to_a_woman_and_one_to_an_organisation():
    woman = RegistrantFactory(gender="female", state="suspended")
    union = RegistrantFactory(
        kind="cooperative",
        organisation_name_ar="تعاونية النسيج",
        organisation_name_latin="Coopérative du tissage",
        state="suspended",
    )
    for registrant in (woman, union):
        actions.reinstate(
            registrant=registrant, ground=ground_for("reinstatement"), reason=REASON, by=director()
        )
    (page,) = words_of(letter_pdf(woman.letters.get(), "fr"))
    assert "À Madame" in page
    (page,) = words_of(letter_pdf(union.letters.get(), "fr"))
    assert "Pour Coopérative du tissage" in page


def test_staff_of_the_region_opens_a_letter_and_that_is_recorded(sign_in):
    letter = letter_of("notice")
    response = sign_in(Role.REGISTRAR).get(f"/register/letters/{letter.pk}/ar.pdf")
    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    event = AuditEvent.objects.about(letter.registrant).get(action="registry.letter.read")
    assert event.after == {"letter": letter.reference}


def test_the_artisan_opens_his_own_letters_and_nobody_elses(sign_in):
    mine, other = letter_of("notice"), letter_of("notice")
    account = UserFactory(roles=[Role.ARTISAN])
    mine.registrant.user = account
    mine.registrant.save()
    client = sign_in(user=account)
    assert client.get(f"/register/me/letters/{mine.pk}/fr.pdf").status_code == 200
    assert client.get(f"/register/me/letters/{other.pk}/fr.pdf").status_code == 404
