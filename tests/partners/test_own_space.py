"""A partner's own space: keys shown once, figures that add up, offers confirmed and withdrawn."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from cards.enums import CardState
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from partners import actions
from partners.actions.keys import MOST_DAYS
from partners.enums import ApiScope, ChangeState, OfferState
from partners.models import ApiKey, Offer
from partners.own_figures import own_figures
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import (
    BranchFactory,
    OfferFactory,
    PartnerAgentFactory,
    ReferralFactory,
    UseFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))


def test_a_key_is_shown_once_and_revoked_for_good(admin, sign_in):
    client = sign_in(user=admin.user)
    sent = {"name": "Caisse 1", "scopes": [ApiScope.VERIFY], "days": 90}
    made = client.post(reverse("partner_space:key_new"), sent)
    key, text = ApiKey.objects.get(), made.context["text"]
    assert text in made.content.decode()
    assert (key.partner, key.scopes, key.created_by) == (admin.partner, [ApiScope.VERIFY], admin.user)
    listed = client.get(reverse("partner_space:keys")).content.decode()
    assert key.prefix in listed and text.partition(".")[2] not in listed
    for _click in range(2):
        client.post(reverse("partner_space:key_revoke", args=[key.pk]))
    key.refresh_from_db()
    assert not key.is_usable
    assert AuditEvent.objects.filter(action="partners.key.revoked").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"scopes": []}, {"days": 0}, {"days": MOST_DAYS + 1}, {"branch": "another"}]
)
def test_a_key_without_name_scope_time_or_branch_of_ones_own_is_not_made(admin, wrong):
    if "branch" in wrong:
        wrong = {"branch": BranchFactory()}
    given = {"name": "Caisse", "scopes": [ApiScope.VERIFY], "days": 1} | wrong
    with pytest.raises(ActionRefused):
        actions.make_key(partner=admin.partner, by=admin.user, **given)
    assert not ApiKey.objects.exists()


def test_figures_count_what_stands_by_month_offer_region_and_branch(admin):
    offer = OfferFactory(partner=admin.partner, name_fr="Offre A")
    branch = BranchFactory(partner=admin.partner, name_fr="Agence A")
    now = timezone.now()
    for days in (0, 0, 400):
        UseFactory(offer=offer, branch=branch, used_at=now - timedelta(days=days))
    UseFactory(offer__partner=admin.partner, offer__name_fr="Offre B")
    UseFactory(offer=offer, cancelled_at=now, cancel_reason="x")
    UseFactory()
    ReferralFactory(offer=offer)
    with translation.override("fr"):
        sections = {section.slug: section for section in own_figures(admin.partner, 12)}
    months = sections["months"].table.rows
    assert (len(months), months[-1][1], sum(row[1] for row in months)) == (12, 3, 3)
    assert list(sections["offers"].table.rows) == [("Offre A", 2), ("Offre B", 1)]
    assert [row[1] for row in sections["regions"].table.rows] == [3]
    assert ("Agence A", 2) in sections["branches"].table.rows
    assert sum(row[1] for row in sections["requests"].table.rows) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_figures_ask_as_much_for_one_as_for_three(admin, django_assert_num_queries, count):
    for _use in range(count):
        branch = BranchFactory(partner=admin.partner)
        UseFactory(offer__partner=admin.partner, branch=branch)
    with django_assert_num_queries(5):
        own_figures(admin.partner, 12)


def test_the_workbook_holds_a_sheet_a_table(admin, sign_in):
    UseFactory(offer__partner=admin.partner, offer__name_ar="=1+1")
    content = sign_in(user=admin.user).get(reverse("partner_space:figures_file"), {"months": "3"}).content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(book.sheet_names) == 5
    cells = [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert "=1+1" in cells


@pytest.mark.parametrize("months", ["", "0", "x", "9999"])
def test_a_period_that_means_nothing_is_a_year(admin, sign_in, months):
    page = sign_in(user=admin.user).get(reverse("partner_space:figures"), {"months": months})
    assert page.context["months"] == 12


def test_an_offer_is_confirmed_and_withdrawn_by_its_own_administrator(admin, sign_in):
    offer = OfferFactory(partner=admin.partner)
    client = sign_in(user=admin.user)
    client.post(reverse("partner_space:offer_confirm", args=[offer.pk]))
    offer.refresh_from_db()
    assert offer.confirmed_on == timezone.localdate()
    client.post(reverse("partner_space:offer_withdraw", args=[offer.pk]), {"reason": ""})
    offer.refresh_from_db()
    assert offer.state == OfferState.PUBLISHED
    client.post(reverse("partner_space:offer_withdraw", args=[offer.pk]), {"reason": "انتهى"})
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN
    assert AuditEvent.objects.about(offer).count() == 2


def test_a_change_of_an_offer_waits_and_a_draft_is_handed_in(admin, sign_in):
    client = sign_in(user=admin.user)
    offer = OfferFactory(partner=admin.partner)
    path = reverse("partner_space:offer_edit", args=[offer.pk])
    said = {
        name: value for name, value in client.get(path).context["form"].initial.items() if value is not None
    }
    said |= {"version": offer.version, "terms_ar": "شروط جديدة", "terms_fr": "Nouvelles conditions"}
    assert client.post(path, said).status_code == 302
    waiting = offer.changes.get()
    assert waiting.values == {"terms_ar": "شروط جديدة", "terms_fr": "Nouvelles conditions"}
    client.post(reverse("partner_space:offer_change_withdraw", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert waiting.state == ChangeState.WITHDRAWN
    made = {"name_ar": "عرض", "name_fr": "Offre", "ways": ["card"], "limit_period": "ever", "version": 1}
    client.post(reverse("partner_space:offer_new"), made)
    draft = Offer.objects.get(name_fr="Offre")
    client.post(reverse("partner_space:offer_propose", args=[draft.pk]))
    draft.refresh_from_db()
    assert (draft.partner, draft.state) == (admin.partner, OfferState.PROPOSED)


def test_activity_is_of_the_partners_own_people_and_names_no_holder(admin, sign_in):
    agent, other = PartnerAgentFactory(partner=admin.partner), PartnerAgentFactory()
    card = CardFactory(state=CardState.HANDED_OVER)
    for one in (agent, other):
        actions.check_rights(text=card.serial, partner=one.partner, by=one.user)
    page = sign_in(user=admin.user).get(reverse("partner_space:activity"))
    assert [event.actor_id for event in page.context["events"]] == [str(agent.user_id)]
    content = page.content.decode()
    private = [card.serial, card.registrant.name_ar, card.registrant.nia]
    assert [text for text in private if text in content] == []
