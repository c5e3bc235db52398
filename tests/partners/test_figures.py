"""Partners' figures: what is counted, for whom, in how many queries, and the files made of it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from core.models import Region
from core.roles import Role
from partners.enums import ReferralState, RefusalGround, UseWay
from partners.figures.scope import Scope
from partners.figures.tally import MONTH, PARTNER, Tally, tally_all, tally_by
from partners.models import OfferUse
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory, PartnerAgentFactory, PartnerFactory, ReferralFactory
from tests.factories.refusals import RefusalFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory
from tests.registry.printed import says, words_of

pytestmark = pytest.mark.django_db
PAGE = reverse("partners:figures")
PAGES = [PAGE, reverse("partners:figures_reach"), reverse("partners:figures_partners")]


def at(year, month, day, hour=12):
    return datetime(year, month, day, hour, tzinfo=UTC)


def use(offer, *, when=None, holder=None, **fields):
    holder = holder or RegistrantFactory()
    return OfferUse.objects.create(
        offer=offer,
        registrant=holder,
        region_id=holder.region_id,
        way=UseWay.CARD,
        number=1,
        used_at=when or timezone.now(),
        recorded_by=UserFactory(),
        **fields,
    )


def answered(offer, state, *, days, sent=None):
    sent = sent or at(2026, 3, 2)
    refused = {"ground": RefusalGround.CONDITIONS, "answer": "لا"} if state == ReferralState.REFUSED else {}
    return ReferralFactory(
        offer=offer,
        state=state,
        sent_at=sent,
        decided_at=sent + timedelta(days=days),
        decided_by=UserFactory(),
        **refused,
    )


@pytest.fixture
def nation():
    return Scope(UserFactory(roles=[Role.NATIONAL_ADMIN]))


def section(page, slug):
    return next(one for one in page.context["sections"] if one.slug == slug)


def test_everything_is_counted_by_partner(nation):
    offer, other = OfferFactory(), OfferFactory()
    use(offer)
    use(offer, cancelled_at=timezone.now(), cancel_reason="خطأ")
    for state, days in ((ReferralState.ACCEPTED, 2), (ReferralState.REFUSED, 5), (ReferralState.ACCEPTED, 3)):
        answered(offer, state, days=days)
    ReferralFactory(offer=offer, due_on=timezone.localdate() - timedelta(days=1))
    ReferralFactory(offer=other)
    RefusalFactory(offer=other)
    counted = tally_by(nation, PARTNER)
    first, second = counted[offer.partner_id], counted[other.partner_id]
    assert first.values == [1, 4, 2, 1, 1, 3.0, 0]
    assert second.values == [0, 1, 0, 0, 0, None, 1]
    assert tally_all(nation).values == [1, 5, 2, 1, 1, 3.0, 1]


def test_nothing_counts_as_nothing(nation):
    assert tally_all(nation) == Tally()
    assert tally_by(nation, MONTH) == {}


def test_a_period_takes_its_first_and_last_day_whole():
    offer = OfferFactory()
    reader = UserFactory(roles=[Role.NATIONAL_ADMIN])
    days = [at(2026, 3, 30, 10), at(2026, 3, 31, 10), at(2026, 4, 1, 10), at(2026, 4, 2, 10)]
    for day in days:
        use(offer, when=day)
    since, until = days[1].date(), days[2].date()
    assert tally_all(Scope(reader, since=since, until=until)).uses == 2
    months = tally_by(Scope(reader), MONTH)
    assert {f"{month:%Y-%m-%d}": tally.uses for month, tally in months.items()} == {
        "2026-03-01": 2,
        "2026-04-01": 2,
    }


def test_a_director_counts_the_region_alone_whatever_the_address_says(sign_in):
    offer = OfferFactory()
    use(offer)
    for _n in range(2):
        use(offer, holder=RegistrantFactory(commune=DAKHLA_COMMUNE))
    director, officer = sign_in(Role.REGIONAL_DIRECTOR), sign_in(Role.PARTNERSHIP_OFFICER)
    assert director.get(PAGE, {"region": "12"}).context["together"].uses == 1
    assert officer.get(PAGE).context["together"].uses == 3
    assert officer.get(PAGE, {"region": "12"}).context["together"].uses == 2
    slugs = [one.slug for one in director.get(PAGE).context["sections"]]
    assert slugs == ["use-months", "use-partners", "use-offers", "refusals-partners"]


def test_days_that_mean_nothing_are_said_to_be_so_and_filter_nothing(sign_in, in_english):
    use(OfferFactory())
    client = sign_in(Role.AUDITOR)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "fr"
    page = client.get(PAGE, {"since": "2026-05-02", "until": "2026-05-01"})
    assert page.context["form"].errors["until"]
    for nonsense in ("soon", "9999-12-31", "0001-01-01", "2026-02-30'"):
        page = client.get(PAGE, {"until": nonsense, "region": "99"})
        assert page.context["form"].errors["until"]
        assert page.context["together"].uses == 1


def test_months_without_anything_stand_between_the_others(sign_in):
    offer = OfferFactory()
    use(offer, when=at(2025, 11, 3))
    use(offer, when=at(2026, 2, 3))
    rows = section(sign_in(Role.AUDITOR).get(PAGE), "use-months").table.rows
    assert [row[1] for row in rows] == [1, 0, 0, 1]


def test_a_partner_gone_quiet_is_seen_beside_an_active_one(sign_in):
    active = OfferFactory(confirmed_on=timezone.localdate())
    quiet = PartnerFactory()
    use(active)
    PartnerAgentFactory(partner=active.partner)
    ReferralFactory(offer=active, due_on=timezone.localdate() - timedelta(days=1))
    RefusalFactory(offer=active)
    client = sign_in(Role.PARTNERSHIP_OFFICER)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "fr"
    rows = {row[0]: row[1:] for row in section(client.get(PAGES[2]), "partners").table.rows}
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert rows[active.partner.name_fr] == [1, today, today, 1, 1, 1, 1, 0]
    assert rows[quiet.name_fr] == [0, None, None, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("address", PAGES)
def test_as_many_queries_for_one_as_for_three(sign_in, address):
    client = sign_in(Role.NATIONAL_ADMIN)

    def add():
        offer = OfferFactory(domains=["rail"], regions=["11"])
        use(offer)
        ReferralFactory(offer=offer)
        RefusalFactory(offer=offer)

    add()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(one) == len(three)


def test_the_workbook_holds_every_table_and_no_formula(sign_in):
    partner = PartnerFactory(name_fr="=1+1", name_ar="=1+1")
    use(OfferFactory(partner=partner))
    client = sign_in(Role.NATIONAL_ADMIN)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "fr"
    answer = client.get(reverse("partners:figures_file", args=["xlsx"]))
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert len(sheets) == 11
    cells = [cell for rows in sheets.values() for row in rows for cell in row]
    assert "=1+1" in cells
    assert 'filename="partners-figures-MA-' in answer.headers["Content-Disposition"]

    with ZipFile(BytesIO(answer.content)) as inside:
        pages = [inside.read(name) for name in inside.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in page for page in pages)


def test_the_report_on_paper_is_arabic_and_of_the_region(sign_in):
    use(OfferFactory())
    answer = sign_in(Role.REGIONAL_DIRECTOR).get(reverse("partners:figures_file", args=["pdf"]))
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = " ".join(words_of(answer.content))
    assert says(pages, Region.objects.get(pk="11").name_ar)
