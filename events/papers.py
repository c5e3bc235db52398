"""What is printed of a meeting: minutes with their annexes, the attendance sheet, the press release."""

from io import BytesIO

import pikepdf
from django.utils import timezone
from django.utils.translation import override

from core.models import Chamber
from core.papers import FIGURES_STYLE, render_paper
from events import composing
from events.caravan_figures import figures_of
from events.facts import attendees_of
from events.minutes import LANGUAGE, content_of
from events.models import Caravan, CheckIn, Meeting, Minutes, MinutesAnnex, PressRelease

# A longer sheet would keep a web process busy for minutes.
MOST_PRINTED = 1000
# Lines of an attendance sheet on its first page and on each of the others, one to spare for a long name.
FIRST_PAGE, NEXT_PAGES = 10, 15
FEWEST_EMPTY = 8


def minutes_paper(meeting: Meeting, minutes: Minutes | None) -> bytes:
    """In Arabic, with the attendance sheet as annex; a draft says on top that it is one."""
    approved_at = minutes.approved_at if minutes else None
    annexes = list(minutes.annexes.all()) if minutes else []
    content = content_of(meeting, minutes)
    scans = {f"annex-{one.pk}.jpg": one for one in annexes if one.content_type == "image/jpeg"}
    paper = render_paper(
        "events/pdf/minutes.html",
        chamber=_chamber(meeting),
        dated=timezone.localdate(approved_at) if approved_at else timezone.localdate(),
        language=LANGUAGE,
        reference=_reference(meeting),
        signed=bool(approved_at),
        context={
            "content": content,
            "minutes": minutes,
            "sheet": _present_people(meeting, after=len(content["present"])),
            "annexes": annexes,
            "scans": [{"title": one.title, "name": name} for name, one in scans.items()],
        },
        files={name: _content(one) for name, one in scans.items()},
    )
    return _joined(paper, [one for one in annexes if one.content_type == "application/pdf"])


def attendance_sheet(meeting: Meeting) -> bytes:
    """To be signed: guests in the order of protocol, those who are in already, and empty lines."""
    with override(LANGUAGE):
        guests = [{"who": composing.who_is(one.invitation)} for one in attendees_of(meeting)]
    sheet = _present_people(meeting, after=len(guests))
    return render_paper(
        "events/pdf/attendance.html",
        chamber=_chamber(meeting),
        dated=timezone.localdate(meeting.starts_at),
        language=LANGUAGE,
        reference=_reference(meeting),
        signed=False,
        context={
            "meeting": meeting,
            "guests": guests,
            "sheet": sheet,
            "empty": range(_to_fill(len(guests) + len(sheet))),
        },
    )


def press_paper(release: PressRelease) -> bytes:
    return render_paper(
        "events/pdf/press.html",
        chamber=_chamber(release.meeting),
        dated=timezone.localdate(release.published_at or timezone.now()),
        language=release.language,
        reference=_reference(release.meeting),
        signed=False,
        context={"release": release},
    )


def caravan_report(caravan: Caravan, language: str) -> bytes:
    """The figures of a caravan with charts and tables."""
    with override(language):
        return render_paper(
            "events/pdf/caravan.html",
            chamber=Chamber.objects.get(region_id=caravan.region_id),
            dated=timezone.localdate(),
            language=language,
            signed=False,
            context={"caravan": caravan, "shown": figures_of(caravan)},
            files={"figures.css": FIGURES_STYLE},
        )


def _content(annex: MinutesAnnex) -> bytes:
    with annex.file.storage.open(annex.file.name, "rb") as stored:
        return stored.read()


def _joined(paper: bytes, annexes: list[MinutesAnnex]) -> bytes:
    """The paper with the pages of annexes behind it that are PDFs themselves."""
    if not annexes:
        return paper
    out = BytesIO()
    with pikepdf.open(BytesIO(paper)) as whole:
        for annex in annexes:
            with pikepdf.open(BytesIO(_content(annex))) as more:
                whole.pages.extend(more.pages)
        whole.save(out)
    return out.getvalue()


def _to_fill(lines: int) -> int:
    """So many empty lines behind these that the last page is full, and enough people can be added."""
    more = (FIRST_PAGE - lines - FEWEST_EMPTY) % NEXT_PAGES
    return FEWEST_EMPTY + more


def _present_people(meeting: Meeting, *, after: int) -> list[dict]:
    """Those of the register and walk-ins who came, in the order of the door, numbered behind the guests."""
    with override(LANGUAGE):
        present = CheckIn.objects.present().filter(meeting=meeting).with_people().order_by("checked_in_at")
        named = [one for one in present[:MOST_PRINTED] if one.registrant or one.walk_in]
        return [
            {
                "number": number,
                "name": one.name,
                "nia": one.registrant.nia if one.registrant else "",
                "commune": _commune(one),
                "moment": f"{timezone.localtime(one.checked_in_at):%H:%M}",
            }
            for number, one in enumerate(named, start=after + 1)
        ]


def _commune(present: CheckIn) -> str:
    person = present.registrant or present.walk_in
    return person.commune.name if person.commune else ""


def _reference(meeting: Meeting) -> str:
    return f"{meeting.region_id}/{meeting.pk}"


def _chamber(meeting: Meeting) -> Chamber:
    return Chamber.objects.get(region_id=meeting.region_id)
