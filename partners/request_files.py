"""A partner's requests as a file: what an office needs to answer them, no identity number among it."""

from collections.abc import Iterator
from io import BytesIO

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from core.media import serve_made
from core.spreadsheets import CSV_TYPE, XLSX_TYPE, csv_lines, write_workbook
from core.templatetags.portal import spoken_phone
from partners.models import Referral
from partners.querysets_referrals import ReferralQuerySet

FORMATS = ("xlsx", "csv")
# Written while the reader waits: some four seconds.
MOST_ROWS = 20_000
_CHUNK = 1000


def file_of(requests: ReferralQuerySet, made_as: str) -> HttpResponse:
    """The requests as a workbook or as CSV; nothing in it is taken for a formula."""
    rows = _rows(requests)
    name = f"requests-{timezone.localdate():%Y-%m-%d}.{made_as}"
    if made_as == "csv":
        content = "".join(csv_lines([_header(), *rows])).encode()
        return serve_made(content, content_type=CSV_TYPE, filename=name, inline=False)
    out = BytesIO()
    write_workbook(out, _header(), rows, sheet=_("Requests"), right_to_left=get_language_bidi())
    return serve_made(out.getvalue(), content_type=XLSX_TYPE, filename=name, inline=False)


def _header() -> list[str]:
    return [
        _("Number of the request"),
        _("Offer"),
        _("State"),
        _("Sent"),
        _("To be answered by"),
        _("Name in Arabic"),
        _("Name in Latin letters"),
        _("NIA"),
        _("Telephone"),
        _("Region"),
        pgettext("partner", "Branch"),
        _("Ground"),
        _("What the holder reads"),
    ]


def _rows(requests: ReferralQuerySet) -> Iterator[list]:
    for referral in requests.with_list_columns().iterator(chunk_size=_CHUNK):
        yield _row(referral)


def _row(referral: Referral) -> list:
    holder = referral.registrant
    return [
        referral.number,
        referral.offer.name,
        referral.get_state_display(),
        timezone.localdate(referral.sent_at),
        referral.due_on,
        holder.name_ar,
        holder.name_latin,
        holder.nia,
        spoken_phone(holder.phone),
        referral.region.name,
        referral.branch.name if referral.branch else "",
        referral.get_ground_display(),
        referral.answer,
    ]
