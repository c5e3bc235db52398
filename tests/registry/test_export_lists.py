"""Every list that can be taken out: what its file holds, for whom, and the way there from its page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import Province
from core.roles import ROLE_PERMISSIONS, Permission, Role
from registry.enums import ApplicationState, ChangeKind, ChangeState, ExportFormat, ExportState, Listing
from registry.enums import ProceedingStage as S
from registry.exports import work
from registry.exports.lists import LISTS
from registry.models import ChangeRequest, CraftBody, ExportJob
from tests.factories.bodies import planned_body
from tests.factories.changes import ChangeRequestFactory
from tests.factories.core import UserFactory
from tests.factories.exports import asked, csv_rows, made
from tests.factories.proceedings import ProceedingFactory
from tests.factories.registry import (
    DAKHLA_COMMUNE,
    ApplicationFactory,
    DraftFactory,
    RegistrantFactory,
    ground_for,
)

pytestmark = pytest.mark.django_db


RECORDS = {
    Listing.REGISTRANTS: (RegistrantFactory, "?state=registered"),
    Listing.APPLICATIONS: (ApplicationFactory, "?state=submitted&hands=unassigned"),
    Listing.CHANGES: (ChangeRequestFactory, "?kind=amendment"),
    Listing.PROCEEDINGS: (lambda: ProceedingFactory(age=20), "?state=decide"),
    Listing.BODIES: (lambda: next_body(), "?level=provincial"),
}


def next_body():
    """One more: of each branch and province there is one."""
    provinces = Province.objects.filter(region_id="11", communes__isnull=False).order_by("pk").distinct()
    free = provinces.exclude(pk__in=CraftBody.objects.values("province_id").exclude(province_id=None)).first()
    return planned_body(commune=free.communes.first().pk)


def taken(listing, query="", by=None, column=None):
    """The file's first chosen column, without its heading."""
    column = column or next(iter(LISTS[listing].columns))
    return [row[0] for row in csv_rows(made(by, listing=listing, query=query, columns=[column]))[1:]]


def test_every_listing_has_its_list():
    assert set(LISTS) == set(RECORDS) == set(Listing)


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
    by = UserFactory(roles=[Role.REGISTRAR])
    record = RECORDS[listing][0]()
    number = getattr(record, "registrant", record).national_id
    assert taken(listing, by=by, column="national_id") == [number]
    without = ROLE_PERMISSIONS[Role.REGISTRAR] - {Permission.SEE_IDENTITY_NUMBERS}
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.REGISTRAR, without)
    by = UserFactory(roles=[Role.REGISTRAR])
    assert taken(listing, by=by, column="national_id") == [f"••••••{number[-2:]}"]


def test_a_list_asks_for_what_its_own_page_asks_for(sign_in):
    officer, by = sign_in(Role.CARD_OFFICER), UserFactory(roles=[Role.REGISTRAR])
    assert officer.get(reverse("registry:export_new", args=[Listing.PROCEEDINGS])).status_code == 403
    assert officer.get(reverse("registry:export_new", args=[Listing.APPLICATIONS])).status_code == 200
    job = asked(by, listing=Listing.PROCEEDINGS, columns=["nia"])
    type(by).objects.filter(pk=by.pk).update(roles=[Role.CARD_OFFICER])
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (ExportState.FAILED, "permission")


def test_what_is_half_typed_is_no_list(sign_in):
    client = sign_in(Role.REGISTRAR)
    DraftFactory()
    assert "exports/new" not in client.get("/register/applications/?state=draft").content.decode()
    address = reverse("registry:export_new", args=[Listing.APPLICATIONS])
    assert client.get(f"{address}?state=draft").status_code == 404
    assert client.get(reverse("registry:export_new", args=["passwords"])).status_code == 404


@pytest.mark.parametrize("listing", Listing)
def test_each_page_leads_to_its_file_with_its_filters(listing, sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    page = reverse(LISTS[listing].page)
    assert "exports/new" not in client.get(page).content.decode()
    make, filters = RECORDS[listing]
    make()
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


@pytest.mark.parametrize("listing", Listing)
def test_a_pdf_of_any_list_holds_so_many_and_no_more(listing, settings):
    make, _filters = RECORDS[listing]
    make()
    columns = list(LISTS[listing].usual)
    query = "state=decide" if listing == Listing.PROCEEDINGS else ""
    made(listing=listing, columns=columns, query=query, format=ExportFormat.PDF, language="ar")
    settings.EXPORT_PDF_MOST_ROWS = 0
    job = asked(listing=listing, columns=columns, query=query, format=ExportFormat.PDF)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (ExportState.FAILED, "too_long")


@pytest.mark.parametrize("listing", Listing)
def test_reading_a_list_asks_the_database_the_same_however_long_it_is(listing):
    make, _filters = RECORDS[listing]

    def queries(more: int) -> int:
        for _ in range(more):
            make()
        job = asked(listing=listing, columns=list(LISTS[listing].columns))
        with CaptureQueriesContext(connection) as captured:
            work.work_on(job.pk)
        job.refresh_from_db()
        assert job.state == ExportState.DONE
        return len(captured)

    assert queries(1) == queries(2)
