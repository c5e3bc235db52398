"""A director schedules a meeting in Chromium: the caravan's fields, the province's communes, a warning."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.models import Commune
from core.roles import Role
from events.models import Meeting
from tests.browser.axe import violations
from tests.factories.core import UserFactory
from tests.factories.events import AgendaItemFactory, MeetingFactory
from tests.factories.registry import LAAYOUNE_COMMUNE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_director_schedules_a_meeting(page: Page, context, live_server, language):
    known = MeetingFactory(starts_at=timezone.now() - timedelta(days=30))
    AgendaItemFactory(meeting=known)
    client = Client()
    client.force_login(UserFactory(roles=(Role.REGIONAL_DIRECTOR,)))
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page.goto(reverse("events:calendar"))
    page.locator(f"a[href='{reverse('events:meeting_new')}']").click()
    expect(page.locator("#id_caravan")).to_have_value(str(known.caravan_id))
    expect(page.locator("#id_caravan_name_ar")).to_be_hidden()
    page.locator("#id_caravan").select_option("")
    expect(page.locator("#id_caravan_name_ar")).to_be_visible()
    page.locator("#id_caravan").select_option(str(known.caravan_id))

    page.locator("#id_province").select_option("11.321")
    others = page.locator("#id_commune option:not([value^='11.321']):not([value=''])")
    expect(others).to_have_count(0)
    here = Commune.objects.filter(province_id="11.321").count()
    expect(page.locator("#id_commune option")).to_have_count(here + 1)
    page.locator("#id_commune").select_option(LAAYOUNE_COMMUNE)
    for field, text in {
        "title_ar": "لقاء ثان",
        "title_fr": "Deuxième rencontre",
        "venue_ar": "دار الشباب",
        "venue_fr": "Maison des jeunes",
        "starts_at": "2026-02-03T11:30",
    }.items():
        page.locator(f"#id_{field}").fill(text)
    page.locator("#id_same_agenda_as").select_option(str(known.pk))
    page.locator("main form .form-buttons button").click()
    expect(page.locator(".alert-warning")).to_have_count(1)
    assert violations(page) == []
    page.locator("main form .form-buttons button").click()
    expect(page.locator(".agenda > li")).to_have_count(1)
    scheduled = Meeting.objects.exclude(pk=known.pk).get()
    assert page.url.endswith(reverse("events:meeting", args=[scheduled.pk]))
    page.goto(f"{reverse('events:calendar')}?view=list")
    expect(page.locator("main tbody tr")).to_have_count(2)
