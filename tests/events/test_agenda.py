"""The agenda: order, hours, and that nobody's change is overwritten unseen."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from threading import Barrier, Thread

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from events.actions import arrange_agenda, change_agenda_item
from events.actions.agenda import AGENDA_FIELDS, AgendaChanged
from events.enums import MeetingState
from events.models import AgendaItem, Meeting
from events.timetable import timetable_of
from tests.factories.core import UserFactory
from tests.factories.events import AgendaItemFactory, InvitationFactory, MeetingFactory
from tests.factories.registry import portrait_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    meeting = MeetingFactory()
    for place in (1, 2, 3):
        AgendaItemFactory(meeting=meeting, position=place, title_ar=f"نقطة {place}")
    return meeting


@pytest.fixture
def director(sign_in):
    return sign_in(Role.REGIONAL_DIRECTOR)


def keys(meeting) -> list[int]:
    return list(AgendaItem.objects.filter(meeting=meeting).order_by("position").values_list("pk", flat=True))


def fields_of(item, **changed) -> dict:
    values = {name: getattr(item, name) for name in AGENDA_FIELDS} | changed
    return {"fields": values, "speakers": [], "service_domains": []}


def form_data(**changed) -> dict:
    return {
        "kind": "speech",
        "title_ar": "كلمة",
        "title_fr": "Allocution",
        "duration_minutes": "20",
        "themes_ar": "موضوع أول\n\n  موضوع  ثان ",
        "themes_fr": "",
        "recipients_ar": "",
        "recipients_fr": "",
        "partners_ar": "شريك",
        "partners_fr": "Partenaire",
    } | changed


def test_an_item_is_entered_with_its_people_and_services(director, meeting):
    speaker = InvitationFactory(meeting=meeting)
    elsewhere = InvitationFactory()
    new = reverse("events:item_new", args=[meeting.pk])
    refused = director.post(new, form_data(speakers=[elsewhere.pk]))
    assert set(refused.context["form"].errors) == {"speakers"}
    director.post(new, form_data(speakers=[speaker.pk], service_domains=["rail"]))
    item = meeting.agenda.get(position=4)
    assert (item.title_ar, item.themes_ar, item.partners_fr) == (
        "كلمة",
        ["موضوع أول", "موضوع ثان"],
        ["Partenaire"],
    )
    assert [*item.speakers.all()] == [speaker]
    assert [domain.pk for domain in item.service_domains.all()] == ["rail"]
    assert AuditEvent.objects.get(action="events.agenda.added").after["item"] == "كلمة"


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"title_ar": ""}, {"title_ar"}),
        ({"duration_minutes": "0"}, {"duration_minutes"}),
        ({"duration_minutes": "601"}, {"duration_minutes"}),
        ({"kind": "dance"}, {"kind"}),
        ({"themes_ar": "\n".join("ا" * 21)}, {"themes_ar"}),
        ({"themes_fr": "x" * 201}, {"themes_fr"}),
    ],
)
def test_a_mistake_is_shown_beside_its_field(director, meeting, changed, wrong):
    response = director.post(reverse("events:item_new", args=[meeting.pk]), form_data(**changed))
    assert set(response.context["form"].errors) == wrong
    assert meeting.agenda.count() == 3


def test_the_arrows_and_the_dragged_order_put_items_in_order(director, meeting):
    first, second, third = keys(meeting)
    order = reverse("events:arrange", args=[meeting.pk])
    sent = {"version": 1, "order": [first, second, third], "move": f"down:{first}"}
    assert director.post(order, sent).url.endswith(f"#item-{first}")
    assert keys(meeting) == [second, first, third]
    director.post(order, {"version": 2, "order": [third, second, first]})
    assert keys(meeting) == [third, second, first]
    director.post(order, {"version": 3, "order": [third, second, first], "move": f"up:{third}"})
    assert keys(meeting) == [third, second, first]
    assert AuditEvent.objects.filter(action="events.agenda.arranged").count() == 2


@pytest.mark.parametrize(
    "tamper", [lambda k: k[:2], lambda k: [*k, k[0]], lambda k: [*k[:2], 10**9], lambda k: []]
)
def test_an_order_that_is_not_the_agendas_changes_nothing(director, meeting, tamper):
    before = keys(meeting)
    director.post(reverse("events:arrange", args=[meeting.pk]), {"version": 1, "order": tamper(before)})
    assert keys(meeting) == before


def test_the_later_of_two_orders_is_refused_and_told(director, meeting):
    first, second, third = keys(meeting)
    arrange_agenda(meeting=meeting, order=[third, second, first], version=1, by=UserFactory())
    sent = {"version": 1, "order": [second, first, third]}
    response = director.post(reverse("events:arrange", args=[meeting.pk]), sent, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert keys(meeting) == [third, second, first]


def test_somebody_elses_change_of_an_item_is_shown_beside_ones_own(director, meeting):
    item = meeting.agenda.get(position=1)
    address = reverse("events:item_edit", args=[item.pk])
    director.get(address)
    change_agenda_item(item=item, version=1, by=UserFactory(), **fields_of(item, title_fr="Le leur"))
    mine = form_data(title_fr="Le mien", version=1)
    response = director.post(address, mine)
    html = response.content.decode()
    assert (response.status_code, "Le mien" in html, "Le leur" in html) == (200, True, True)
    item.refresh_from_db()
    assert item.title_fr == "Le leur"
    # Sent once more, on purpose: now over the version that was shown.
    version = response.context["form"]["version"].value()
    assert director.post(address, mine | {"version": version}).status_code == 302
    item.refresh_from_db()
    assert (item.title_fr, item.version) == ("Le mien", 3)


def test_what_was_taken_off_meanwhile_is_not_brought_back_and_nothing_typed_is_lost(director, meeting):
    item = meeting.agenda.get(position=2)
    director.post(reverse("events:item_remove", args=[item.pk]), {"version": 1})
    assert [row.title_ar for row in meeting.agenda.order_by("position")] == ["نقطة 1", "نقطة 3"]
    assert [row.position for row in meeting.agenda.order_by("position")] == [1, 2]
    with pytest.raises(AgendaChanged):
        change_agenda_item(item=item, version=1, by=director.user, **fields_of(item))


def test_a_finished_meetings_agenda_stays(director, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(
        state=MeetingState.CANCELLED, ground="other", ground_note="سبب"
    )
    item = meeting.agenda.get(position=1)
    with pytest.raises(ActionRefused):
        change_agenda_item(item=item, version=1, by=director.user, **fields_of(item))
    director.post(reverse("events:item_new", args=[meeting.pk]), form_data())
    assert meeting.agenda.count() == 3


def test_an_attachment_is_kept_as_its_pages_and_nothing_else(director, meeting, settings):
    # The proxy sends the file: no stream is left open here.
    settings.MEDIA_ACCEL_LOCATION = "/protected/"
    item = meeting.agenda.get(position=1)
    address = reverse("events:attach", args=[item.pk])
    wrong = SimpleUploadedFile("x.pdf", b"MZ not a pdf", "application/pdf")
    refused = director.post(address, {"title": "عرض", "file": wrong})
    assert set(refused.context["attachment_form"].errors) == {"file"}
    picture = SimpleUploadedFile("slide.png", portrait_bytes(), "image/png")
    director.post(address, {"title": "عرض", "file": picture})
    attached = item.attachments.get()
    assert (attached.title, attached.content_type) == ("عرض", "image/jpeg")
    response = director.get(reverse("events:attachment", args=[attached.pk]))
    assert response.headers["Content-Type"] == "image/jpeg"
    director.post(reverse("events:attachment_remove", args=[attached.pk]))
    assert not item.attachments.exists()


def test_hours_follow_from_lengths_and_end_where_one_is_missing():
    starts = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    meeting = Meeting(starts_at=starts, ends_at=starts + timedelta(minutes=60))
    items = [AgendaItem(duration_minutes=minutes) for minutes in (20, 50, None, 5)]
    table = timetable_of(meeting, items)
    assert [slot.starts_at and slot.starts_at.minute for slot in table.slots] == [0, 20, 10, None]
    assert (table.total, table.planned, table.over, table.without_length) == (75, 60, 15, 1)


@given(
    start=st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1)).map(
        lambda moment: moment.replace(tzinfo=UTC)
    ),
    lengths=st.lists(st.integers(1, 600), min_size=1, max_size=12),
)
def test_lengths_add_up_through_every_change_of_the_clock(start, lengths):
    meeting = Meeting(starts_at=start, ends_at=start + timedelta(minutes=sum(lengths)))
    table = timetable_of(meeting, [AgendaItem(duration_minutes=minutes) for minutes in lengths])
    assert (table.over, table.spare, table.planned) == (0, 0, sum(lengths))
    assert table.slots[-1].starts_at - start == timedelta(minutes=sum(lengths[:-1]))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_programme_is_printed(director, meeting, language):
    response = director.get(reverse("events:programme", args=[meeting.pk, language]))
    content = response.content if not response.streaming else b"".join(response.streaming_content)
    with pikepdf.open(BytesIO(content)) as printed:
        assert len(printed.pages) == 1
    assert director.get(f"/meetings/{meeting.pk}/programme/de/").status_code == 404


def test_the_agenda_asks_as_often_for_one_item_as_for_three(director, count_queries):
    meeting = MeetingFactory()
    address = reverse("events:agenda", args=[meeting.pk])
    asked = []
    for place in (1, 2, 3):
        item = AgendaItemFactory(meeting=meeting, position=place)
        item.speakers.add(InvitationFactory(meeting=meeting, position=place))
        director.get(address)
        asked.append(count_queries(lambda: director.get(address)))
    assert asked[0] == asked[2]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_arrange_at_the_same_moment_one_is_told():
    meeting = MeetingFactory()
    items = [AgendaItemFactory(meeting=meeting, position=place).pk for place in (1, 2, 3)]
    by, barrier, outcomes = UserFactory(), Barrier(2), []

    def arrange(order):
        try:
            barrier.wait()
            arrange_agenda(meeting=meeting, order=order, version=1, by=by)
            outcomes.append(order)
        except AgendaChanged:
            outcomes.append(None)
        finally:
            connection.close()

    orders = ([items[2], items[1], items[0]], [items[1], items[0], items[2]])
    threads = [Thread(target=arrange, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(None) == 1
    assert keys(meeting) in outcomes
