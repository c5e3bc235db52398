"""What a card officer does between a made batch and its boxes, in Arabic."""

from playwright.sync_api import Page, expect

from cards.models import CardBatch


def open_printing(page: Page, batch: CardBatch) -> None:
    page.goto(f"/cards/batches/{batch.pk}/printing/")


def count_blanks(page: Page, count: int) -> None:
    page.locator("[name=count]").fill(str(count))
    page.locator('form[action$="/blanks/"] [type=submit]').click()
    expect(page.locator(".alert-success")).to_be_visible()


def enter_cards(page: Page, cards: str, step: str = "good") -> None:
    """Choose the step, type as a scanner does, and press Enter."""
    page.locator(f"[name=step][value={step}]").first.check()
    page.locator("[name=cards]").fill(cards)
    page.keyboard.press("Enter")


def put_away(page: Page, batch: CardBatch) -> None:
    """Print every card of a batch well at the first try, check it and put it in its box."""
    open_printing(page, batch)
    count_blanks(page, batch.cards_total)
    for step in ("good", "checked", "boxed"):
        enter_cards(page, f"1-{batch.cards_total}", step)
        expect(page.locator(".alert-success")).to_be_visible()
