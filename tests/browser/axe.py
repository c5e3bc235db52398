"""Accessibility as axe sees it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page: rule, and the first element concerned."""
    # axe is run by the debugger, which the page's content policy does not bind.
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]
