"""Going through the portal's pages in Chromium as one role after another."""

from collections.abc import Iterator

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext

from core.roles import Role
from tests.addresses import ADDRESSES, HERE
from tests.test_permission_matrix import client_of, is_public, may_open


def become(context: BrowserContext, role: Role | None, records: dict, language: str, base_url: str) -> Client:
    """Sign the browser in as `role` (None: nobody), in a language; gives a client on the same session."""
    client = client_of(role, records) if role else Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    context.clear_cookies()
    context.add_cookies(
        [{"name": name, "value": cookie.value, "url": base_url} for name, cookie in client.cookies.items()]
    )
    return client


def pages_of(
    client: Client, role: Role | None, records: dict, share: tuple[int, int] = (0, 1)
) -> Iterator[tuple[str, str]]:
    """The names and addresses of a role's pages: each page goes to the first role that may open it.

    Public ones are nobody's; everybody has a home. Left out: files, fragments of a page, and what takes a
    POST alone. A `share` of (1, 3) is every third address from the second on, so that cores share the walk.
    """
    first_of_share, shares = share
    for name, address in list(ADDRESSES.items())[first_of_share::shares]:
        first = None if is_public(name) else next(other for other in Role if may_open(name, other))
        if role == first or (role and name == "core:home"):
            path = reverse(name, kwargs=address.kwargs(records[HERE])) + address.query
            response = client.get(path, follow=True)
            if response.streaming:
                response.close()
            elif b"<html" in response.content and response.status_code == 200:
                yield name, path
