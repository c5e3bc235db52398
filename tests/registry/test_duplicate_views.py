"""The pages of duplicates: while typing, the queue, side by side, undoing."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from core.roles import Role
from registry.enums import DuplicateReason, PairState
from registry.models import DuplicatePair, Merge, Registrant
from tests.factories.duplicates import make_pair
from tests.factories.pictures import picture
from tests.factories.registry import DAKHLA_COMMUNE, ApplicationFactory, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(sign_in, in_english):
    client = sign_in(Role.REGISTRAR)
    client.cookies["django_language"] = "fr"
    return client


@pytest.fixture
def urls():
    return lambda name, *args: reverse(f"registry:{name}", args=args)


def test_typing_a_known_number_shows_who_has_it(registrar, urls):
    known = RegistrantFactory(family_name_latin="Ansari")
    page = registrar.post(urls("typed_duplicates"), {"national_id": known.national_id.lower()})
    assert "Ansari" in page.content.decode()
    assert urls("detail", known.pk) in page.content.decode()


def test_what_is_typed_by_half_is_left_out(registrar, urls):
    RegistrantFactory()
    page = registrar.post(urls("typed_duplicates"), {"national_id": "Z", "phone": "06", "birth_date": "x"})
    assert page.status_code == 200
    assert page.content.decode().strip() == ""


def test_of_another_region_typing_shows_the_region_alone(registrar, urls):
    known = RegistrantFactory(commune=DAKHLA_COMMUNE, family_name_latin="Ansari")
    page = registrar.post(urls("typed_duplicates"), {"phone": known.phone}).content.decode()
    assert known.region.name_fr in page
    assert "Ansari" not in page
    assert known.national_id not in page


def test_a_draft_is_no_duplicate_of_itself(registrar, urls):
    own = ApplicationFactory(state="draft", submitted_at=None)
    typed = {"national_id": own.registrant.national_id, "application": own.pk}
    assert registrar.post(urls("typed_duplicates"), typed).content.decode().strip() == ""


def test_nothing_typed_is_ever_in_an_address(registrar, urls):
    assert registrar.get(urls("typed_duplicates") + "?national_id=SH654321").status_code == 405


def test_the_queue_shows_the_likeliest_first_and_filters_by_reason(registrar, urls):
    weak = make_pair(score=55, reasons=[DuplicateReason.PHOTOGRAPH])
    strong = make_pair(score=90)
    page = registrar.get(urls("duplicates"))
    assert [row["pair"] for row in page.context["rows"]] == [strong, weak]
    oldest = registrar.get(urls("duplicates") + "?order=oldest")
    assert [row["pair"] for row in oldest.context["rows"]] == [weak, strong]
    filtered = registrar.get(urls("duplicates") + "?reason=photograph")
    assert [row["pair"] for row in filtered.context["rows"]] == [weak]
    assert registrar.get(urls("duplicates") + "?reason=nonsense&state=nonsense").status_code == 200


def test_the_queue_asks_the_same_however_many_wait(registrar, urls, django_assert_max_num_queries):
    make_pair()
    registrar.get(urls("duplicates"))
    with django_assert_max_num_queries(20) as one:
        registrar.get(urls("duplicates"))
    make_pair()
    make_pair()
    with django_assert_max_num_queries(20) as three:
        registrar.get(urls("duplicates"))
    assert len(one) == len(three)


def post_of(pair, **more):
    return {
        "kept": pair.first_id,
        "version_first": pair.first.version,
        "version_second": pair.second.version,
        "identity_checked": "on",
        "reason": "شخص واحد",
    } | more


def test_merging_takes_what_was_chosen_and_shows_the_entry_that_stays(registrar, urls):
    pair = make_pair()
    answers = post_of(pair, take_phone=pair.second_id, take_national_id=pair.first_id)
    response = registrar.post(urls("duplicate_review", pair.pk), answers)
    assert response.url == urls("detail", pair.first_id)
    kept = Registrant.objects.get(pk=pair.first_id)
    assert (kept.phone, kept.national_id) == (pair.second.phone, pair.first.national_id)
    page = registrar.get(response.url).content.decode()
    assert pair.second.nia in page
    assert urls("merge_undo", Merge.objects.get().pk) in page


def test_a_refused_merge_loses_nothing_that_was_chosen(registrar, urls):
    pair = make_pair()
    answers = post_of(pair, take_phone=pair.second_id, version_first=99)
    response = registrar.post(urls("duplicate_review", pair.pk), answers)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    [line] = [item for item in response.context["lines"] if item["field"] == "take_phone"]
    assert [cell["is_taken"] for cell in line["cells"]] == [False, True]
    assert "شخص واحد" in response.content.decode()


def test_the_page_of_a_merged_entry_leads_to_the_one_that_stays(registrar, urls):
    pair = make_pair()
    registrar.post(urls("duplicate_review", pair.pk), post_of(pair))
    assert registrar.get(urls("detail", pair.second_id)).url == urls("detail", pair.first_id)


def test_undoing_brings_back_the_second_page(registrar, urls):
    pair = make_pair()
    registrar.post(urls("duplicate_review", pair.pk), post_of(pair))
    registrar.post(urls("merge_undo", Merge.objects.get().pk), {"reason": "خطأ"})
    assert registrar.get(urls("detail", pair.second_id)).status_code == 200
    registrar.post(urls("merge_undo", Merge.objects.get().pk), {"reason": "خطأ"})
    assert Merge.objects.get().undo_reason == "خطأ"


def test_not_the_same_goes_on_to_the_queue(registrar, urls):
    pair = make_pair()
    response = registrar.post(urls("duplicate_not_same", pair.pk), {"reason": "أخوان"})
    assert response.url == urls("duplicates")
    assert registrar.get(urls("duplicates")).context["rows"] == []
    registrar.post(urls("duplicate_again", pair.pk), {"reason": "خطأ"})
    assert DuplicatePair.objects.get().state == PairState.OPEN


def test_reading_two_files_side_by_side_is_recorded_for_both(registrar, urls):
    pair = make_pair()
    registrar.get(urls("duplicate_review", pair.pk))
    read = AuditEvent.objects.filter(action="registry.registrant.read")
    assert {row.subject_id for row in read} == {str(pair.first_id), str(pair.second_id)}


def test_across_regions_the_other_is_shown_as_far_as_comparing_needs(registrar, urls, sign_in):
    other = RegistrantFactory(commune=DAKHLA_COMMUNE, email="secret@example.ma", address="سري")
    other.photograph.save("p.jpg", picture(seed=1), save=True)
    pair = make_pair(RegistrantFactory(), other)
    page = registrar.get(urls("duplicate_review", pair.pk))
    text = page.content.decode()
    assert other.family_name_ar in text
    for kept_there in (other.national_id, other.phone, "secret@example.ma", "سري"):
        assert kept_there not in text
    assert not page.context["may_merge"]
    registrar.post(urls("duplicate_review", pair.pk), post_of(pair))
    assert not Merge.objects.exists()
    photograph = registrar.get(urls("duplicate_photograph", pair.pk, "first"))
    assert b"".join(photograph.streaming_content).startswith(b"\xff\xd8")
    assert registrar.get(urls("detail", other.pk)).status_code == 404
    elsewhere = sign_in(Role.REGISTRAR, region="01")
    assert elsewhere.get(urls("duplicate_review", pair.pk)).status_code == 404
    assert elsewhere.get(urls("duplicate_photograph", pair.pk, "first")).status_code == 404


def test_the_home_page_counts_the_pairs(registrar, urls):
    make_pair()
    page = registrar.get("/").content.decode()
    assert urls("duplicates") in page


def test_a_file_leads_to_its_pairs(registrar, urls):
    pair = make_pair()
    assert urls("duplicate_review", pair.pk) in registrar.get(urls("detail", pair.first_id)).content.decode()
