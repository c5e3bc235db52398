"""The press release holds every fact of its meeting, in its own sentences; edited, published, taken back."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from core.arabic import fold
from core.exceptions import ActionRefused
from core.roles import Role
from events.actions import publish_release, save_release
from events.enums import AgendaKind, MeetingState, OrganiserRole
from events.models import Meeting, Organiser, PressRelease
from events.press import compose
from tests.events.conftest import answered
from tests.factories.core import UserFactory
from tests.factories.events import AgendaItemFactory, InvitationFactory, MeetingFactory
from tests.registry.printed import says, words_of

pytestmark = pytest.mark.django_db
DATA = Path(settings.ROOT) / "events/data/laayoune_2026.json"


@pytest.fixture
def laayoune() -> Meeting:
    call_command("load_meetings", verbosity=0)
    return Meeting.objects.get(code="laayoune-2026-01-15")


# What the report of the real meeting says, fact by fact, as the project's own copy of its data has it.
FACTS_AR = {
    "weekday and date": "الخميس 15 يناير 2026",
    "time": "11:30",
    "venue": "دار الشباب بالعيون",
    "caravan": "قافلة المهني بجهة العيون الساقية الحمراء",
    "organiser": "كتابة الدولة المكلفة بالصناعة التقليدية والاقتصاد الاجتماعي والتضامني",
    "in partnership with": "غرفة الصناعة التقليدية لجهة العيون الساقية الحمراء",
    "programme": "البرنامج التواصلي والتحسيسي الوطني",
    "purpose": "مواصلة تنزيل البرنامج التواصلي والتحسيسي الوطني",
    "president": "المصطفى بن ليمام، رئيس غرفة الصناعة التقليدية",
    "director of heritage": "موحا الريش، مدير المحافظة على التراث والابتكار والإنعاش",
    "Barid Media": "المدير العام، بريد ميديا",
    "legislation": "رئيس قسم التشريع",
    "study firm": "مدير مكتب الدراسات",
    "regional director": "المدير الجهوي للصناعة التقليدية والاقتصاد الاجتماعي والتضامني",
    "Boujdour": "المدير الإقليمي للصناعة التقليدية ببوجدور",
    "Smara": "المدير الإقليمي للصناعة التقليدية بالسمارة",
    "Barid Bank": "مدير وكالات بريد بنك",
    "Barid Cash": "مدير بريد كاش",
    "industrial property": "ممثلة المكتب المغربي للملكية الصناعية والتجارية",
    "CTM": "ممثل CTM إرساليات",
    "MCMA": "ممثل التعاضدية المركزية المغربية للتأمين",
    "staff of the directorate": "أطر المديرية الجهوية",
    "members and staff of the chamber": "أعضاء غرفة الصناعة التقليدية وأطرها",
    "artisans in great number": "عدد كبير من الحرفيات والحرفيين المنتمين لجهة العيون الساقية الحمراء",
    "speeches of welcome": "كلمات ترحيبية",
    "theme: direct communication": "التواصل المباشر مع الحرفيات والحرفيين",
    "theme: reforms": "التعريف بالأوراش والإصلاحات التي تنفذها كتابة الدولة بشراكة مع المتدخلين المؤسساتيين",
    "presentation of card and register": "البطاقة المهنية للصانع التقليدي والتسجيل في السجل الوطني",
    "advantages": "الامتيازات",
    "standing of the craft": "تثمين مكانة الحرفي",
    "agreements": "اتفاقيات الشراكة المبرمة بين كتابة الدولة وغرف الصناعة التقليدية وجامعتها",
    "services of partners": "خدمات المؤسسات الشريكة",
    "banking": "الإدماج البنكي",
    "finance": "التمويل والقروض",
    "intermediation": "خدمات الوساطة",
    "insurance": "التأمين",
    "property": "حماية الملكية الصناعية",
    "tools": "توفير أدوات العمل",
    "rail": "النقل السككي",
    "freight": "نقل المنتوجات",
    "partner: Poste Maroc": "مجموعة بريد المغرب (بريد ميديا وبريد بنك وبريد كاش)",
    "partner: CTM": "الشركة المغربية لنقل الإرساليات",
    "partner: ONCF": "المكتب الوطني للسكك الحديدية",
    "partner: MCMA": "التعاضدية المركزية المغربية للتأمين",
    "partner: Bricoma": "شركة بركوما",
    "partner: VISA": "شركة VISA",
    "partner: Maison de l'Artisan": "مؤسسة دار الصانع",
    "craft bodies": "برنامج إحداث الهيآت الحرفية على المستويات الإقليمية والجهوية والوطنية",
    "their role": "الدور المحوري للبرنامج لمختلف أصناف أنشطة الصناعة التقليدية",
    "digitisation": "ورش رقمنة الغرف المهنية",
    "quality of services": "تحسين جودة الخدمات",
    "nearer to artisans": "تقريب الخدمات من الصانعات والصناع التقليديين",
    "launch of the hand-over": "الانطلاقة الرسمية لتسليم البطائق المهنية",
    "cards to members": "أعضاء الغرفة",
    "cards to presidents": "رؤساء الهيئات الحرفية الإقليمية التي تم تأسيسها",
    "cards to artisans": "بعض الصناع التقليديين",
    "discussion": "النقاش والإجابة على التساؤلات",
    "outcome": "أهمية مواصلة هذه المبادرات التواصلية",
    "effect": "تطوير القطاع وإدماج الحرفيات والحرفيين في الدينامية الاقتصادية والاجتماعية",
}
FACTS_FR = {
    "date": "jeudi 15 janvier 2026 à 11:30",
    "venue": "Maison des jeunes de Laâyoune",
    "organiser": "Secrétariat d'État chargé de l'Artisanat",
    "partner": "Chambre d'artisanat de la région Laâyoune-Sakia El Hamra",
    "president": "El Mostafa Ben Limam",
    "speaker": "Moha Errich",
    "rail": "Transport ferroviaire",
    "partner service": "Bricoma",
    "bodies": "organismes de métier",
    "digitisation": "numérisation des chambres professionnelles",
    "recipients": "présidents des organismes de métier provinciaux",
    "discussion": "Le débat et les réponses aux questions",
    "outcome": "dynamique économique et sociale",
}


@pytest.mark.parametrize("fact", FACTS_AR)
def test_the_arabic_release_holds(laayoune, fact):
    assert fold(FACTS_AR[fact]) in fold(compose(laayoune, "ar").body)


@pytest.mark.parametrize("fact", FACTS_FR)
def test_the_french_release_holds(laayoune, fact):
    assert FACTS_FR[fact] in compose(laayoune, "fr").body


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_everything_that_the_data_names_is_said(laayoune, language):
    data = json.loads(DATA.read_text(encoding="utf-8"))
    body = fold(compose(laayoune, language).body)
    named = [row[f"{part}_{language}"] for row in data["guests"] for part in ("name", "title")]
    named += [row[f"name_{language}"] for row in (*data["organisers"], *data["guest_groups"])]
    for item in data["agenda"]:
        named += [item[f"title_{language}"], *item[f"themes_{language}"], *item[f"recipients_{language}"]]
        named += item[f"partners_{language}"]
    assert [words for words in named if fold(words) not in body] == []


def test_any_other_meeting_says_its_own_facts_and_nothing_of_laayoune():
    meeting = MeetingFactory(title_ar="يوم الصانع", outcome_ar="الاتفاق على موعد قادم")
    Organiser.objects.create(
        meeting=meeting, role=OrganiserRole.ORGANISER, name_ar="غرفة تجريبية", name_fr="Chambre"
    )
    speaker = InvitationFactory(meeting=meeting, name_ar="زينب المتحدثة")
    item = AgendaItemFactory(meeting=meeting, kind=AgendaKind.PRESENTATION, title_ar="التأمين الصحي")
    item.speakers.add(speaker)
    body = compose(meeting, "ar").body
    for words in ("يوم الصانع", "غرفة تجريبية", "زينب المتحدثة", "التأمين الصحي", "موعد قادم"):
        assert words in body
    assert "العيون الساقية الحمراء" not in body


def test_a_meeting_of_which_nothing_is_known_makes_a_release_without_empty_sentences():
    body = compose(MeetingFactory(), "ar").body
    assert "None" not in body
    assert "  " not in body
    assert "«»" not in body


@pytest.fixture
def director(sign_in):
    return sign_in(Role.REGIONAL_DIRECTOR)


def test_a_release_is_edited_published_and_taken_back(director):
    meeting = MeetingFactory(state=MeetingState.HELD)
    address = reverse("events:press", args=[meeting.pk, "ar"])
    page = director.get(address)
    assert meeting.title_ar in page.content.decode()
    director.post(address, {"title": "بلاغ", "body": "فقرة أولى\n\nفقرة ثانية", "version": 0})
    release = PressRelease.objects.get()
    assert (release.paragraphs, release.version) == (["فقرة أولى", "فقرة ثانية"], 1)
    public = reverse("events:public_meeting", args=[meeting.pk])
    assert "فقرة أولى" not in director.get(public).content.decode()
    move = reverse("events:press_move", args=[meeting.pk, "ar", "publish"])
    director.post(move, {"version": 1})
    assert "فقرة أولى" in director.get(public).content.decode()
    director.post(reverse("events:press_move", args=[meeting.pk, "ar", "withdraw"]), {"version": 2})
    assert "فقرة أولى" not in director.get(public).content.decode()


def test_somebody_elses_words_are_shown_and_never_overwritten_silently(director):
    meeting = MeetingFactory(state=MeetingState.HELD)
    other = UserFactory(roles=(Role.REGIONAL_DIRECTOR,))
    save_release(meeting=meeting, language="ar", title="عنوانهم", body="نصهم", version=0, by=other)
    address = reverse("events:press", args=[meeting.pk, "ar"])
    page = director.post(address, {"title": "عنواننا", "body": "نصنا", "version": 0})
    html = page.content.decode()
    assert page.status_code == 409
    assert "نصهم" in html
    assert "نصنا" in html
    assert PressRelease.objects.get().body == "نصهم"
    director.post(address, {"title": "عنواننا", "body": "نصنا", "version": 1})
    assert PressRelease.objects.get().body == "نصنا"


def test_a_meeting_that_the_public_is_not_told_of_publishes_nothing():
    meeting, director = MeetingFactory(), UserFactory(roles=(Role.REGIONAL_DIRECTOR,))
    release = save_release(meeting=meeting, language="fr", title="T", body="B", version=0, by=director)
    with pytest.raises(ActionRefused):
        publish_release(release=release, version=1, by=director)


def test_the_release_is_a_paper_of_the_chamber(director, laayoune):
    pdf = answered(director.get(reverse("events:press_pdf", args=[laayoune.pk, "ar"])))
    assert says(" ".join(words_of(pdf)), "المصطفى بن ليمام")
