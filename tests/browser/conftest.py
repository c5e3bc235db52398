"""A real Chromium on the real portal: live server, no network but our own, every console error counted."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

# Milliseconds that a machine with other work may need for a page.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)

# What htmx says where a newer question takes the place of one under way (`hx-sync`).
_ABORTED = ("htmx:sendAbort,", "htmx:afterRequest,")

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A drawn camera: tests take a photograph without a device.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Browser:
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CANDIDATES)), None)
    assert executable, "Chromium is missing: install Debian's package chromium, or set CHROMIUM to its path."
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser, live_server) -> BrowserContext:
    opened = browser.new_context(
        base_url=live_server.url, locale="fr-MA", viewport={"width": 1280, "height": 900}
    )
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


def complaints_of(page: Page) -> list[str]:
    """What a page's console says of errors from now on."""
    complaints: list[str] = []

    def listen(message) -> None:
        if message.type == "error" and not message.text.startswith(_ABORTED):
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.fixture
def page(context) -> Page:
    """A page whose console must stay silent: a refused script or style is an error there."""
    opened = context.new_page()
    complaints = complaints_of(opened)
    yield opened
    assert complaints == []


@pytest.fixture
def open_as(browser, live_server):
    """`open_as(user)` gives a page signed in as that account; every page's console must stay silent."""
    contexts, pages = [], []

    def open_page(user) -> Page:
        client = Client()
        client.force_login(user)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
        context = browser.new_context(base_url=live_server.url)
        context.set_default_timeout(PATIENCE)
        context.add_cookies(
            [
                {"name": name, "value": one.value, "url": live_server.url}
                for name, one in client.cookies.items()
            ]
        )
        contexts.append(context)
        page = context.new_page()
        pages.append(complaints_of(page))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [complaint for complaints in pages for complaint in complaints] == []
