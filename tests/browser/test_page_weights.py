"""Each page of an artisan's own space on a first visit by telephone: under 100 kB, photographs apart."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone

from core.roles import Role
from partners.enums import UseWay
from registry.actions import notify
from tests.addresses import HERE, make_records
from tests.browser.visits import become, pages_of
from tests.factories.partners import BranchFactory, OfferFactory

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 100_000
# Open to all, and read by artisans before they sign in.
PUBLIC = {"account_login": "/accounts/login/", "partners:catalogue": "/benefits/"}


def lived_in() -> dict:
    """The records of a page's test, and around them as much as somebody sees after some years."""
    records = make_records(HERE)
    for number in range(30):
        offer = OfferFactory(
            ways=list(UseWay),
            domains=["rail"],
            how_ar=f"قدم بطاقتك المهنية عند الشباك {number}",
            how_fr=f"Présentez votre carte professionnelle au guichet {number}",
            terms_ar="حسب الشروط المتفق عليها مع الغرفة",
            terms_fr="Selon les conditions convenues avec la chambre",
            ends_on=timezone.localdate() + timedelta(days=30 + number),
        )
        BranchFactory(partner=offer.partner)
        notify(
            registrant=records["registrant"],
            key=f"offer:{number}",
            words=lambda offer=offer: f"{offer.name}: {offer.ends_on}",
            path=f"/benefits/mine/{offer.pk}/",
        )
    for _branch in range(30):
        BranchFactory(partner=records["own_offer"].partner)
    return records


def on_the_wire(response) -> int:
    """Bytes of a body as the proxy sends it: pages packed on the way, files packed with care beforehand."""
    kind = response.headers.get("content-type", "")
    if kind.startswith("image/") and "svg" not in kind:
        # Photographs and scans are the person's own and as large as they are.
        return 0
    body = response.body()
    if kind.startswith("font/") or response.url.endswith(".woff2"):
        return len(body)
    return len(gzip.compress(body, 1 if kind.startswith("text/html") else 9))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_page_of_the_own_space_is_heavy(browser, context, live_server, language):
    records = {HERE: lived_in()}
    client = become(context, Role.ARTISAN, records, language, live_server.url)
    cookies = context.cookies()
    pages = dict(pages_of(client, Role.ARTISAN, records))
    assert len(pages) > 15
    weights = {}
    for name, path in (pages | PUBLIC).items():
        # Nothing is kept from the page before: each is the first.
        fresh = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 740})
        fresh.set_default_timeout(30_000)
        fresh.add_cookies([one for one in cookies if name not in PUBLIC or one["name"] == "django_language"])
        page, answers = fresh.new_page(), []
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.goto(path, wait_until="networkidle")
        weights[name] = sum(on_the_wire(answer) for answer in answers if answer.ok)
        fresh.close()
    print(
        "\n".join(f"{weight:>8} {name}" for name, weight in sorted(weights.items(), key=lambda one: -one[1]))
    )
    assert {name: weight for name, weight in weights.items() if weight >= MOST} == {}
