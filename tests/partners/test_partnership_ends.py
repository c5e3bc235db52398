"""A partnership that ended and was resumed: what runs no more, who is told, and what stays as it is."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from cards.enums import CardState
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from partners import actions, catalogue
from partners.enums import ApiScope, PartnerState, UseWay
from partners.holders import right_now
from partners.models import ApiKey, Offer, OfferUse, Partner
from partners.notices import tell_of_endings
from partners.offer_values import values_of
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory, PartnerAgentFactory, PartnerFactory, ReferralFactory
from tests.partners.own import artisan

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    return UserFactory(roles=[Role.PARTNERSHIP_OFFICER])


@pytest.fixture
def offer(db):
    return OfferFactory(ways=[UseWay.CARD, UseWay.VOUCHER, UseWay.REFERRAL])


@pytest.fixture
def end(officer):
    def ended(partner):
        return actions.end_partnership(partner=partner, reason="انتهى الاتفاق", by=officer)

    return ended


def post(client, name, partner, **sent):
    return client.post(reverse(f"partners:{name}", args=[partner.code]), sent)


def page_of(partner, client=None):
    return (client or Client()).get(reverse("partners:partner", args=[partner.code]))


def test_a_partnership_ends_and_is_resumed_with_reasons_that_the_trail_keeps(officer):
    partner = PartnerFactory()
    for action, reason in (
        (actions.end_partnership, " "),
        (actions.resume_partnership, "سبب"),
        (actions.end_partnership, "  انتهى   الاتفاق "),
        (actions.end_partnership, "مرة أخرى"),
        (actions.resume_partnership, ""),
        (actions.resume_partnership, "اتفاق جديد"),
    ):
        try:
            moved = action(partner=partner, reason=reason, by=officer).state
        except ActionRefused as refusal:
            assert str(refusal)
        else:
            partner.refresh_from_db()
            assert partner.state == moved
    assert (partner.state, partner.version) == (PartnerState.ACTIVE, 3)
    trail = AuditEvent.objects.about(partner).order_by("id")
    assert [(one.action, one.before, one.after, one.reason) for one in trail] == [
        ("partners.partner.ended", {"state": "active"}, {"state": "ended"}, "انتهى الاتفاق"),
        ("partners.partner.resumed", {"state": "ended"}, {"state": "active"}, "اتفاق جديد"),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_end_it_at_once_end_it_once():
    officer, partner = UserFactory(roles=[Role.PARTNERSHIP_OFFICER]), PartnerFactory()
    ready, outcomes = Barrier(2), []

    def end():
        try:
            ready.wait()
            outcomes.append(actions.end_partnership(partner=partner, reason="سبب", by=officer).version)
        except ActionRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=end) for _person in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [2, "refused"]
    assert AuditEvent.objects.about(partner).count() == 1


def test_a_form_opened_before_it_ended_does_not_overwrite(sign_in, end):
    partner, client = PartnerFactory(), sign_in(Role.PARTNERSHIP_OFFICER)
    sent = {"name_ar": "اسم آخر", "name_fr": "Autre", "version": partner.version}
    end(partner)
    refused = post(client, "company_edit", partner, **sent)
    assert refused.context["form"].non_field_errors()
    partner.refresh_from_db()
    assert (partner.name_fr == "Autre", partner.state) == (False, PartnerState.ENDED)
    saved = post(client, "company_edit", partner, **sent | {"version": partner.version})
    assert saved.status_code == 302
    partner.refresh_from_db()
    assert (partner.name_fr, partner.state, partner.version) == ("Autre", PartnerState.ENDED, 3)


def test_pages_of_staff_from_its_end_to_its_resumption(sign_in, offer):
    partner, client = offer.partner, sign_in(Role.PARTNERSHIP_OFFICER)
    client.cookies["django_language"] = "fr"
    address = reverse("partners:company_edit", args=[partner.code])
    assert reverse("partners:company_end", args=[partner.code]) in client.get(address).content.decode()
    assert post(client, "company_end", partner, reason="Fin de l'accord").url == address
    page = client.get(address).content.decode()
    assert "Partenariat terminé" in page and "Fin de l&#x27;accord" in page
    assert reverse("partners:company_resume", args=[partner.code]) in page
    assert reverse("partners:company_end", args=[partner.code]) not in page
    assert "Partenariat terminé" in client.get(reverse("partners:companies")).content.decode()
    told = client.get(reverse("partners:offer_file", args=[offer.pk])).content.decode()
    assert "Le partenariat a pris fin." in told
    post(client, "company_resume", partner, reason="Nouvel accord")
    partner.refresh_from_db()
    assert partner.state == PartnerState.ACTIVE


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REGIONAL_DIRECTOR, Role.PARTNER_ADMIN])
def test_nobody_else_ends_a_partnership(sign_in, role):
    partner = PartnerFactory()
    assert post(sign_in(role, region="11"), "company_end", partner, reason="x").status_code == 403


def test_its_offers_run_no_more_until_it_is_resumed(offer, end, officer):
    other = OfferFactory()

    def running():
        kept = {one.offer for one in catalogue.offers().running}
        again = Offer.objects.get(pk=offer.pk)
        assert again.is_running == (offer in kept)
        assert kept == set(Offer.objects.running())
        return kept

    assert running() == {offer, other}
    end(offer.partner)
    assert running() == {other}
    address, map_ = reverse("partners:offer", args=[offer.pk]), "/sitemap.xml"
    assert Client().get(address).status_code == 404
    assert Client().get(reverse("partners:leaflet", args=[offer.pk, "ar"])).status_code == 404
    told = Client().get(map_).content.decode()
    assert address not in told and reverse("partners:partner", args=[offer.partner.code]) not in told
    actions.resume_partnership(partner=offer.partner, reason="اتفاق جديد", by=officer)
    assert running() == {offer, other}
    assert Client().get(address).status_code == 200


def test_a_holder_gets_nothing_of_it_and_is_told_why(offer, end):
    holder = CardFactory(state=CardState.HANDED_OVER).registrant
    assert right_now(offer, holder).holds
    voucher = actions.issue_voucher(offer=offer, registrant=holder, by=UserFactory())
    end(offer.partner)
    ended = Offer.objects.get(pk=offer.pk)
    with translation.override("en"):
        assert right_now(ended, holder).reason == "The offer does not run at present."
    for refused in (
        lambda: actions.record_use(offer=ended, registrant=holder, by=UserFactory()),
        lambda: actions.ask_for_offer(offer=ended, registrant=holder, by=UserFactory()),
        lambda: actions.redeem_voucher(code=voucher.code, partner=ended.partner, by=UserFactory()),
    ):
        with pytest.raises(ActionRefused):
            refused()
    assert OfferUse.objects.count() == 0


def test_nobody_is_asked_to_confirm_what_an_ended_partner_offered(offer, end):
    Offer.objects.filter(pk=offer.pk).update(fresh_until=timezone.localdate() + timedelta(days=1))
    hidden = OfferFactory(partner=offer.partner, fresh_until=timezone.localdate() - timedelta(days=1))
    assert (list(Offer.objects.to_confirm()), list(Offer.objects.hidden())) == ([offer], [hidden])
    end(offer.partner)
    assert (list(Offer.objects.to_confirm()), list(Offer.objects.hidden())) == ([], [])


def test_nobody_is_told_of_the_end_of_what_ended_with_the_partnership(offer, end):
    holder = CardFactory(state=CardState.HANDED_OVER).registrant
    Offer.objects.filter(pk=offer.pk).update(ends_on=timezone.localdate())
    actions.add_favourite(offer=offer, registrant=holder)
    assert tell_of_endings() == 1
    end(offer.partner)
    assert tell_of_endings() == 0


def test_its_agents_check_nothing_and_are_told_so(sign_in, offer, end):
    agent = PartnerAgentFactory(partner=offer.partner, user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    card, client = CardFactory(state=CardState.HANDED_OVER), sign_in(user=agent.user)
    client.cookies["django_language"] = "fr"
    counter = reverse("partners:agent")
    shown = client.post(counter, {"card": card.serial}).context["shown"]
    end(offer.partner)
    asked = AuditEvent.objects.filter(action="partners.card.checked").count()
    page = client.post(counter, {"card": card.serial})
    assert "Le partenariat a pris fin" in page.content.decode()
    assert (page.context["answer"], card.registrant.name_latin in page.content.decode()) == (None, False)
    for name in ("home", "offers", "uses", "requests", "keys"):
        assert client.get(reverse(f"partner_space:{name}")).url == counter
    use = {"shown": shown, "offer": offer.code}
    assert client.post(reverse("partner_space:use_record"), use).url == counter
    # What everybody sees of a card says nothing of offers.
    client.get(reverse("verification:check", args=[card.token]))
    assert AuditEvent.objects.filter(action="partners.card.checked").count() == asked
    assert OfferUse.objects.count() == 0
    assert Partner.objects.acted_for_by(agent.user) is None
    assert not Offer.objects.visible_to(agent.user).exists()


def test_its_tills_are_answered_as_one_whose_key_was_revoked(offer, end, officer):
    by = UserFactory(roles=[Role.PARTNER_ADMIN])
    key, secret = actions.make_key(
        partner=offer.partner, name="Caisse", scopes=list(ApiScope), days=30, by=by
    )
    ask = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert Client().get(reverse("tills:offers"), **ask).status_code == 200
    end(offer.partner)
    refused = Client().get(reverse("tills:offers"), **ask)
    assert (refused.status_code, refused.json()["type"].rpartition("#")[2]) == (401, "problem-no-key")
    assert not ApiKey.objects.get(pk=key.pk).is_usable
    actions.resume_partnership(partner=offer.partner, reason="اتفاق جديد", by=officer)
    assert Client().get(reverse("tills:offers"), **ask).status_code == 200


def test_a_group_that_ended_leaves_its_companies_as_they_are(sign_in, end):
    group = PartnerFactory(name_ar="المجموعة المنتهية")
    company = PartnerFactory(parent=group)
    offer, of_group = OfferFactory(partner=company), OfferFactory(partner=group)
    assert page_of(group).status_code == 200
    end(group)
    company.refresh_from_db()
    assert company.state == PartnerState.ACTIVE
    assert list(Offer.objects.running()) == [offer] and of_group != offer
    # The group is named, and leads nowhere.
    page = page_of(company)
    assert page.status_code == 200
    assert "المجموعة المنتهية" in page.content.decode()
    assert f'href="{reverse("partners:partner", args=[group.code])}"' not in page.content.decode()
    assert page_of(group).status_code == 404
    assert page_of(group, sign_in(Role.PARTNERSHIP_OFFICER)).status_code == 200


def test_rights_and_lists_ask_as_often_for_three_partners_as_for_one(sign_in, end, offer):
    client, address = sign_in(Role.AUDITOR), reverse("partners:companies")
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    for another in OfferFactory.create_batch(2):
        end(another.partner)
    with CaptureQueriesContext(connection) as third:
        assert client.get(address).context["page"].paginator.count == 3
    assert len(third) == len(first)
    listed = Offer.objects.with_list_columns()
    with CaptureQueriesContext(connection) as judged:
        assert sum(one.is_running for one in listed) == 1
    # The offers, and what is read of them at once: their domains, regions and crafts.
    assert len(judged) == 4


def test_no_offer_is_entered_for_a_partner_that_ended(sign_in, end, officer):
    ended, active = PartnerFactory(), PartnerFactory()
    end(ended)
    said = OfferFactory(partner=active)
    with pytest.raises(ActionRefused):
        actions.create_offer(partner=ended, values=values_of(said), by=officer)
    client, address = sign_in(Role.PARTNERSHIP_OFFICER), reverse("partners:offer_new")
    assert list(client.get(address).context["partners"]) == [active]
    typed = {
        "name_ar": "خصم",
        "name_fr": "Remise tapée",
        "ways": ["card"],
        "limit_period": "ever",
        "version": 0,
    }
    answer = client.post(f"{address}?partner={ended.code}", typed)
    assert (answer.status_code, Offer.objects.filter(partner=ended).count()) == (200, 0)
    page = answer.content.decode()
    assert "Remise tapée" in page
    assert answer.context["form"].errors.keys() == {"__all__"}
    assert answer.context["form"].non_field_errors()[0] in page


def test_the_list_shows_partners_of_one_state(sign_in, end):
    ended, active = PartnerFactory(name_fr="Ancien partenaire"), PartnerFactory(name_fr="Partenaire")
    end(ended)
    client, address = sign_in(Role.AUDITOR), reverse("partners:companies")

    def listed(**query):
        context = client.get(address, query).context
        return list(context["page"]), [tab["count"] for tab in context["tabs"]]

    assert listed(state=PartnerState.ENDED) == ([ended], [2, 1, 1])
    assert listed(state=PartnerState.ACTIVE) == ([active], [2, 1, 1])
    assert listed(state="nonsense") == listed() and len(listed()[0]) == 2
    assert listed(state=PartnerState.ACTIVE, q="ancien") == ([], [1, 0, 1])
    tabs = client.get(address, {"q": "ancien"}).context["tabs"]
    assert [tab["url"] for tab in tabs] == ["?q=ancien", "?state=active&q=ancien", "?state=ended&q=ancien"]


def test_whoever_waits_for_an_answer_is_told_that_none_comes(sign_in, end, offer):
    holder = artisan()
    request = ReferralFactory(offer=offer, registrant=holder)
    client, address = sign_in(user=holder.user), reverse("partners:own_referral", args=[request.pk])
    client.cookies["django_language"] = "fr"
    told = "Personne ne répond à cette demande"
    before = client.get(address).content.decode()
    end(offer.partner)
    after = client.get(address).content.decode()
    assert told not in before and told in after
    assert "Ajouter des documents" in before and "Ajouter des documents" not in after
    assert reverse("partners:own_referral_withdraw", args=[request.pk]) in after
