"""Addresses of planning, and what to open them on."""

from typing import Any

from django.core.files.base import ContentFile

from core.roles import Role
from events.enums import DeliveryState
from events.models import (
    AgendaAttachment,
    CalendarFeed,
    Delivery,
    LetterFile,
    Mailing,
    PreparationTask,
)
from tests.address import Address, of
from tests.factories.core import UserFactory
from tests.factories.events import AgendaItemFactory, DutyFactory, GuestFactory, InvitationFactory


def _named(name: str) -> Address:
    """One of several pages of a meeting."""
    return Address(lambda records: {"pk": records["meeting"].pk, "name": name}, regional=True)


ADDRESSES: dict[str, Address] = {
    "events:agenda": of("meeting"),
    "events:arrange": of("meeting"),
    "events:item_new": of("meeting"),
    "events:programme": of("meeting", language="ar"),
    "events:item_edit": of("agenda_item"),
    "events:item_remove": of("agenda_item"),
    "events:attach": of("agenda_item"),
    "events:attachment": of("agenda_attachment"),
    "events:attachment_remove": of("agenda_attachment"),
    "events:programmes": Address(),
    "events:programme_new": Address(),
    "events:programme_edit": Address(lambda r: {"pk": r["meeting"].caravan.programme_id}),
    "events:caravan_edit": Address(lambda r: {"pk": r["meeting"].caravan_id}, regional=True),
    "events:guests": Address(),
    "events:guest_new": Address(),
    "events:guest_edit": of("guest"),
    "events:institution_new": Address(),
    "events:institution_edit": Address(lambda r: {"pk": r["guest"].institution_id}),
    "events:invitations": of("meeting"),
    "events:invite": of("meeting"),
    "events:invite_group": of("meeting"),
    "events:write": of("meeting"),
    "events:letters_new": of("meeting"),
    "events:place": of("invitation"),
    "events:withdraw": of("invitation"),
    "events:renew_link": of("invitation"),
    "events:enter_answer": of("invitation"),
    "events:mailing": of("mailing"),
    "events:mailing_cancel": of("mailing"),
    "events:mailing_again": of("mailing"),
    "events:letters": of("letters"),
    "events:letters_cancel": of("letters"),
    "events:letters_file": of("letters"),
    "events:conflicts": Address(query="?starts_at=2026-12-20T10:00"),
    "events:move": _named("announce"),
    "events:off": _named("postpone"),
    "events:reschedule": of("meeting"),
    "events:preparation": of("meeting"),
    "events:task_add": of("meeting"),
    "events:duty_give": of("meeting"),
    "events:printed_list": _named("door"),
    "events:template_new": of("meeting"),
    "events:task_tick": of("task"),
    "events:task_date": of("task"),
    "events:task_remove": of("task"),
    "events:duty_end": of("duty"),
    "events:feeds": Address(),
    "events:feed_revoke": Address(lambda r: {"pk": 0}),
    "events:own_feeds": Address(),
    "events:own_feed_revoke": Address(lambda r: {"pk": 0}),
    "calendar:feed": Address(lambda r: {"token": r["feed"].token}),
    "invitation:answer": Address(lambda r: {"token": r["invitation"].token}),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """An agenda, people invited, and what was written to them."""
    meeting, region = records["meeting"], records["region"]
    director = UserFactory(region=region, roles=[Role.REGIONAL_DIRECTOR])
    item = AgendaItemFactory(meeting=meeting, position=1, duration_minutes=30)
    guest = GuestFactory(region_id=region, name_ar="اسم تجريبي", name_fr="Nom de test")
    invitation = InvitationFactory(meeting=meeting, guest=guest, position=1, is_speaker=True)
    item.speakers.add(invitation)
    mailing = Mailing.objects.create(meeting=meeting, occasion="invitation", created_by=director)
    Delivery.objects.create(
        mailing=mailing, invitation=invitation, occasion="invitation", state=DeliveryState.UNREACHABLE
    )
    return {
        "agenda_item": item,
        "agenda_attachment": AgendaAttachment.objects.create(
            item=item,
            title="عرض",
            file=ContentFile(b"%PDF-1.7", name="x.pdf"),
            content_type="application/pdf",
            uploaded_by=director,
        ),
        "guest": guest,
        "task": PreparationTask.objects.create(meeting=meeting, title_ar="مهمة", title_fr="Tâche"),
        "duty": DutyFactory(meeting=meeting),
        "feed": CalendarFeed.objects.create(user=director, scope="region", region_id=region),
        "invitation": invitation,
        "mailing": mailing,
        "letters": LetterFile.objects.create(
            meeting=meeting,
            total=1,
            done=1,
            state="done",
            file=ContentFile(b"%PDF-1.7", name="letters.pdf"),
            created_by=director,
        ),
    }
