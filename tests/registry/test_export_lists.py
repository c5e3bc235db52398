"""Every list that can be taken out: what its file holds, for whom, and the way there from its page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.roles import ROLE_PERMISSIONS, Permission, Role
from registry.enums import ApplicationState, ChangeKind, ChangeState, ExportFormat, ExportState, Listing
from registry.enums import ProceedingStage as S
from registry.exports import work
from registry.exports.lists import LISTS
from registry.exports.lists.base import ListOfOne
from registry.models import (
    ChangeRequest,
    DataRequest,
    ExportJob,
)
from tests.factories.bodies import planned_body
from tests.factories.changes import ChangeRequestFactory
from tests.factories.core import UserFactory
from tests.factories.duplicates import make_pair
from tests.factories.exports import asked, csv_rows, made
from tests.factories.proceedings import ProceedingFactory
from tests.factories.registry import (
    DAKHLA_COMMUNE,
    ApplicationFactory,
    DraftFactory,
    RegistrantFactory,
    ground_for,
)
from tests.registry.listings import RECORDS, data_request, filters_of, next_called, reader_of

pytestmark = pytest.mark.django_db


def taken(listing, query="", by=None, column=None):
    """The file's first chosen column, without its heading."""
    column = column or next(iter(LISTS[listing].columns))
    return [row[0] for row in csv_rows(made(by, listing=listing, query=query, columns=[column]))[1:]]


def test_every_listing_has_its_list():
    assert set(LISTS) == set(Listing)
    # Another app's list is tried among that app's tests.
    assert set(RECORDS) == set(Listing) - {Listing.REFERRALS}


def test_the_queue_is_taken_out_as_it_is_narrowed():
    by = UserFactory(roles=[Role.REGISTRAR])
    mine, free = (
        ApplicationFactory(submitted_at=timezone.now() - timedelta(days=days), **assigned)
        for days, assigned in ((9, {"assigned_to": by, "assigned_at": timezone.now()}), (8, {}))
    )
    ApplicationFactory(registrant=RegistrantFactory(candidate=True, commune=DAKHLA_COMMUNE))
    back = ApplicationFactory(
        state=ApplicationState.TO_CORRECT,
        ground=ground_for("return"),
        decision_reason="=1+1",
        returned_at=timezone.now(),
    )
    queue = Listing.APPLICATIONS
    assert taken(queue, by=by) == [mine.tracking_number, free.tracking_number]
    assert taken(queue, "hands=mine", by=by) == [mine.tracking_number]
    assert taken(queue, "hands=unassigned", by=by) == [free.tracking_number]
    assert taken(queue, "state=to_correct") == [back.tracking_number]
    assert taken(queue, "state=to_correct", column="decision_reason") == ["'=1+1"]


def test_requests_are_taken_out_as_they_are_narrowed():
    renewal = ChangeRequestFactory(kind=ChangeKind.RENEWAL)
    late = ChangeRequestFactory(due_on=timezone.localdate() - timedelta(days=1))
    ChangeRequestFactory(state=ChangeState.APPROVED)
    ChangeRequestFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE))
    assert taken(Listing.CHANGES) == [renewal.number, late.number]
    assert taken(Listing.CHANGES, "kind=renewal") == [renewal.number]
    assert taken(Listing.CHANGES, "waiting=overdue") == [late.number]


def test_a_chamber_that_asks_for_a_file_takes_out_its_number_alone():
    person = RegistrantFactory(commune=DAKHLA_COMMUNE)
    ChangeRequestFactory(registrant=person, kind=ChangeKind.TRANSFER, destination_id="11", state="asked")
    columns = ["nia", "name_ar", "name_latin", "national_id", "phone", "commune"]
    rows = csv_rows(made(listing=Listing.CHANGES, columns=columns))
    assert rows[1] == [person.nia, "", "", "", "", ""]
    ChangeRequest.objects.update(
        state=ChangeState.SUBMITTED, submitted_by=UserFactory(region="12"), submitted_at=timezone.now()
    )
    rows = csv_rows(made(listing=Listing.CHANGES, columns=columns))
    assert rows[1][:2] == [person.nia, person.name_ar]


def test_proceedings_are_taken_out_as_they_are_narrowed():
    over, running = ProceedingFactory(age=20), ProceedingFactory()
    ProceedingFactory(age=20, registrant=RegistrantFactory(commune=DAKHLA_COMMUNE))
    appeal = ProceedingFactory(stage=S.APPEALED, age=5)
    assert taken(Listing.PROCEEDINGS) == [over.registrant.nia]
    assert taken(Listing.PROCEEDINGS, "state=reply") == [running.registrant.nia]
    assert taken(Listing.PROCEEDINGS, "state=appeals") == [appeal.registrant.nia]


def test_bodies_are_taken_out_as_they_are_narrowed():
    provincial, regional = planned_body(), planned_body(level="regional")
    planned_body(commune=DAKHLA_COMMUNE)
    assert taken(Listing.BODIES, "level=provincial", column="territory") == [provincial.province.name_fr]
    assert taken(Listing.BODIES, "level=regional", column="territory") == [regional.region.name_fr]
    assert len(taken(Listing.BODIES)) == 2


@pytest.mark.parametrize("listing", [one for one in Listing if "national_id" in LISTS[one].columns])
def test_identity_numbers_are_whole_only_for_those_who_may_see_them(listing, monkeypatch):
    role = reader_of(listing)
    record = RECORDS[listing][0]()
    query = filters_of(listing)[1:]
    number = (getattr(record, "registrant", None) or record).national_id
    assert taken(listing, query, UserFactory(roles=[role]), "national_id") == [number]
    without = ROLE_PERMISSIONS[role] - {Permission.SEE_IDENTITY_NUMBERS}
    monkeypatch.setitem(ROLE_PERMISSIONS, role, without)
    shown = taken(listing, query, UserFactory(roles=[role]), "national_id")
    assert shown == [f"{'•' * (len(number) - 2)}{number[-2:]}"]


def test_a_list_asks_for_what_its_own_page_asks_for(sign_in):
    officer, by = sign_in(Role.CARD_OFFICER), UserFactory(roles=[Role.REGISTRAR])
    assert officer.get(reverse("registry:export_new", args=[Listing.PROCEEDINGS])).status_code == 403
    assert officer.get(reverse("registry:export_new", args=[Listing.APPLICATIONS])).status_code == 200
    job = asked(by, listing=Listing.PROCEEDINGS, columns=["nia"])
    type(by).objects.filter(pk=by.pk).update(roles=[Role.CARD_OFFICER])
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (ExportState.FAILED, "permission")


def test_what_is_half_typed_is_a_list_of_its_own(sign_in):
    client = sign_in(Role.REGISTRAR)
    names = {"given_name_ar": "=زينب", "family_name_ar": "العلوي"}
    DraftFactory(values={"fields": names})
    DraftFactory()
    opened = ApplicationFactory(state=ApplicationState.DRAFT, submitted_at=None)
    DraftFactory(entered_by=UserFactory(region="12"))
    assert taken(Listing.DRAFTS) == ["'=زينب العلوي", "•••87", opened.registrant.name_latin]
    address = reverse("registry:export_new", args=[Listing.APPLICATIONS])
    assert client.get(f"{address}?state=draft").status_code == 404
    assert client.get(reverse("registry:export_new", args=["passwords"])).status_code == 404


@pytest.mark.parametrize("listing", [one for one in Listing if issubclass(LISTS[one], ListOfOne)])
def test_a_list_of_one_record_exists_for_whoever_sees_the_record(listing, sign_in):
    RECORDS[listing][0]()
    role, filters = reader_of(listing), filters_of(listing)
    address = reverse("registry:export_new", args=[listing])
    assert sign_in(role).get(address + filters).status_code == 200
    for wrong in ("", "?of=", "?of=x", "?of=99999999", f"?of={10**19}"):
        assert sign_in(role).get(address + wrong).status_code == 404
    if role != Role.NATIONAL_ADMIN:
        assert sign_in(role, region="12").get(address + filters).status_code == 404
    job = asked(UserFactory(roles=[role]), listing=listing, columns=LISTS[listing].usual, query=filters[1:])
    ExportJob.objects.filter(pk=job.pk).update(query="of=99999999")
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (ExportState.FAILED, "permission")


def test_pairs_and_requests_are_taken_out_as_they_are_narrowed():
    director = UserFactory(roles=[Role.REGIONAL_DIRECTOR])
    pair, phone = make_pair(), make_pair(reasons=["phone"], score=40)
    assert taken(Listing.DUPLICATES, column="first_nia") == [pair.first.nia, phone.first.nia]
    assert taken(Listing.DUPLICATES, "reason=phone", column="first_nia") == [phone.first.nia]
    assert taken(Listing.DUPLICATES, "state=merged", column="first_nia") == []
    waiting, answered = data_request(), data_request()
    DataRequest.objects.filter(pk=answered.pk).update(
        state="answered", answer="=2+2", answered_at=timezone.now(), answered_by=director
    )
    assert taken(Listing.DATA_REQUESTS, by=director) == [waiting.registrant.nia]
    assert taken(Listing.DATA_REQUESTS, "state=closed", by=director, column="answer") == ["'=2+2"]
    next_called()
    called = next_called()
    came = {"attendance": "present", "noted_at": timezone.now(), "noted_by": director}
    type(called).objects.filter(pk=called.pk).update(**came)
    query = f"of={called.assembly_id}&attendance=attending"
    assert taken(Listing.CONVOCATIONS, query, column="nia") == [called.registrant.nia]


@pytest.mark.parametrize("listing", RECORDS)
def test_each_page_leads_to_its_file_with_its_filters(listing, sign_in):
    client = sign_in(reader_of(listing))
    if not issubclass(LISTS[listing], ListOfOne):
        page = reverse(LISTS[listing].page_name)
        assert "exports/new" not in client.get(page).content.decode()
    RECORDS[listing][0]()
    filters = filters_of(listing)
    page = LISTS[listing](QueryDict(filters[1:]), client.user).page
    address = reverse("registry:export_new", args=[listing]) + filters
    assert address.replace("&", "&amp;") in client.get(page + filters).content.decode()
    chosen = client.get(address).context["form"]
    assert (chosen.count, set(chosen.initial["columns"]) - set(LISTS[listing].columns)) == (1, set())
    sent = {"query": chosen.initial["query"], "format": "csv", "columns": chosen.initial["columns"]}
    assert client.post(reverse("registry:export_new", args=[listing]), sent).url == reverse(
        "registry:exports"
    )
    job = ExportJob.objects.get()
    assert (job.listing, job.created_by) == (listing, client.user)
    work.work_on(job.pk)
    assert len(csv_rows(ExportJob.objects.get())) == 2
    assert job.get_listing_display() in client.get(reverse("registry:exports")).content.decode()


@pytest.mark.parametrize("listing", RECORDS)
def test_a_pdf_of_any_list_holds_so_many_and_no_more(listing, settings):
    RECORDS[listing][0]()
    by, columns, query = (
        UserFactory(roles=[reader_of(listing)]),
        list(LISTS[listing].usual),
        filters_of(listing),
    )
    chosen = {"listing": listing, "columns": columns, "query": query[1:], "format": ExportFormat.PDF}
    made(by, language="ar", **chosen)
    settings.EXPORT_PDF_MOST_ROWS = 0
    job = asked(by, **chosen)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (ExportState.FAILED, "too_long")


@pytest.mark.parametrize("listing", RECORDS)
def test_reading_a_list_asks_the_database_the_same_however_long_it_is(listing):
    by = UserFactory(roles=[reader_of(listing)])

    def queries(more: int) -> int:
        for _ in range(more):
            RECORDS[listing][0]()
        query = filters_of(listing)[1:]
        job = asked(by, listing=listing, columns=list(LISTS[listing].columns), query=query)
        with CaptureQueriesContext(connection) as captured:
            work.work_on(job.pk)
        job.refresh_from_db()
        assert job.state == ExportState.DONE
        return len(captured)

    assert queries(1) == queries(2)
