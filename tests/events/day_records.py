"""The day of a meeting and after it: desks, presence, questions, minutes, press, photographs, figures."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from core.images import ReencodedDocument
from core.roles import Role
from events.actions import add_annex, approve_minutes, save_minutes
from events.enums import MeetingState
from tests.address import Address, of
from tests.factories.core import UserFactory
from tests.factories.events import InvitationFactory, MeetingFactory, card_desk_of
from tests.factories.registry import portrait_bytes

ADDRESSES: dict[str, Address] = {
    "events:desks": of("meeting"),
    "events:list_new": of("meeting"),
    "events:desk": of("card_desk"),
    "events:list_edit": of("card_desk"),
    "events:scan": of("card_desk"),
    "events:frame": of("card_desk"),
    "events:walk_in": of("card_desk"),
    "events:hand_over": of("card_desk"),
    "events:draft": of("check_in"),
    "events:undo_check_in": of("check_in"),
    "events:undo_hand_over": of("check_in"),
    "events:photograph": of("check_in"),
    "events:guests_at_door": of("meeting"),
    "events:receive": of("guest_invited"),
    "events:board": of("meeting"),
    "events:ceremony": of("meeting"),
    "events:ceremony_fill": of("meeting"),
    "events:ceremony_change": of("stage_entry"),
    "events:questions": of("meeting"),
    "events:question": of("question"),
    "events:promise": of("question"),
    "events:decision_new": of("meeting"),
    "events:follow_ups": Address(),
    "events:follow_up": of("follow_up"),
    "events:follow_up_done": of("follow_up"),
    "events:minutes": of("held_meeting"),
    "events:minutes_approve": of("held_meeting"),
    "events:minutes_pdf": of("held_meeting"),
    "events:annex_new": of("held_meeting"),
    "events:annex": of("annex"),
    "events:annex_remove": of("annex"),
    "events:attendance_pdf": of("held_meeting"),
    "events:press": of("held_meeting", language="ar"),
    "events:press_pdf": of("held_meeting", language="fr"),
    "events:press_move": of("held_meeting", language="ar", move="publish"),
    "events:photographs": of("held_meeting"),
    "events:photograph_order": of("held_meeting"),
    "events:photograph_edit": of("picture"),
    "events:photograph_remove": of("picture"),
    "events:photograph_file": of("picture"),
    "events:public_meeting": Address(lambda r: {"pk": r["held_meeting"].pk}),
    "events:public_photograph": Address(lambda r: {"pk": r["picture"].pk}),
    "events:caravan_figures": of("caravan"),
    "events:caravan_workbook": of("caravan"),
    "events:caravan_pdf": of("caravan"),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    meeting = records["meeting"]
    director = UserFactory(roles=(Role.REGIONAL_DIRECTOR,), region=records["region"])
    held = MeetingFactory(commune=meeting.commune_id, state=MeetingState.HELD, caravan=meeting.caravan)
    closing = {"closing": "اختتم اللقاء"}
    minutes = save_minutes(meeting=held, sections=closing, not_held=[], version=0, by=director)
    paper = ReencodedDocument(ContentFile(portrait_bytes(), name="sheet.jpg"), "image/jpeg")
    annex = add_annex(meeting=held, title="ورقة الحضور", document=paper, by=director)
    approve_minutes(meeting=held, version=minutes.version, by=director)
    entry = meeting.ceremony.create(registrant=records["registrant"], position=1, added_by=director)
    picture = held.photographs.create(
        position=1,
        file=ContentFile(portrait_bytes(), name="meeting.jpg"),
        caption_ar="القاعة",
        consent="nobody",
        is_public=True,
        added_by=director,
    )
    decision = {"text": "إحداث شباك", "owner_name": "المدير", "due_on": date(2027, 1, 15)}
    held.press_releases.create(language="ar", title="بلاغ", body="نص البلاغ", saved_by=director)
    return {
        "card_desk": card_desk_of(meeting),
        "guest_invited": InvitationFactory(meeting=meeting),
        "stage_entry": entry,
        "question": meeting.questions.create(text="متى تسلم البطائق؟", noted_by=director),
        "follow_up": meeting.follow_ups.create(created_by=director, **decision),
        "held_meeting": held,
        "annex": annex,
        "picture": picture,
        "caravan": meeting.caravan,
    }
