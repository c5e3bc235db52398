"""Every page, rendered in both languages with nothing undefined, nothing untranslated, nothing inline."""

import re

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from core.roles import REGIONAL_ROLES, ROLE_PERMISSIONS, Role
from tests.addresses import ADDRESSES, HERE
from tests.test_permission_matrix import VIEWS, client_of, may_open
from tests.undefined import strict_templates

pytestmark = pytest.mark.django_db

# Answers that are no page: files, fragments, what takes a POST alone.
INLINE_CODE = re.compile(r"<style|\sstyle=|\son\w+=\"|javascript:", re.IGNORECASE)
SCRIPT_WITH_CODE = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)", re.IGNORECASE)


@pytest.fixture
def strict(settings):
    settings.TEMPLATES = strict_templates()


def readers(name: str) -> list[Role]:
    """The roles that see a page differently: one regional and one national at the least, if they may."""
    allowed = [role for role in Role if may_open(name, role)]
    return (
        allowed[:1]
        + [role for role in allowed[1:] if (role in REGIONAL_ROLES) != (allowed[0] in REGIONAL_ROLES)][:1]
    )


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_the_page_is_whole(name, language, strict, records):
    address = ADDRESSES[name]
    path = reverse(name, kwargs=address.kwargs(records[HERE])) + address.query
    for role in readers(name):
        client = client_of(role, records)
        client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
        response = client.get(path, follow=True)
        assert response.status_code in ({401, 405} if address.asks_for_key else {200, 405}), role
        if "text/html" not in response.headers.get("Content-Type", ""):
            continue
        html = response.content.decode()
        if "<html" in html:
            direction = "rtl" if language == "ar" else "ltr"
            assert re.search(rf'<html lang="{language}" dir="{direction}"', html), role
            assert "script-src 'self'" in response.headers["Content-Security-Policy"]
            assert html.count("<h1") == 1, role
        assert not INLINE_CODE.search(html), role
        assert not SCRIPT_WITH_CODE.search(html), role


def test_pages_that_nobody_may_open_do_not_exist():
    assert [name for name in VIEWS if not any(may_open(name, role) for role in Role)] == []


def test_a_page_that_does_not_exist_is_in_the_houses_style(sign_in):
    response = sign_in(Role.REGISTRAR).get("/nothing/here/")
    assert response.status_code == 404
    assert 'dir="rtl"' in response.content.decode()


def test_a_refused_page_says_so_in_the_houses_style(sign_in):
    response = sign_in(Role.DESK_AGENT).get("/audit/")
    assert response.status_code == 403
    assert 'dir="rtl"' in response.content.decode()


def test_a_form_without_its_token_is_refused_in_words():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert 'dir="rtl"' in response.content.decode()


def test_a_fault_shows_a_page_that_needs_nothing(sign_in, monkeypatch):
    client = sign_in(Role.REGISTRAR)
    client.raise_request_exception = False
    monkeypatch.setattr("registry.views.register.RegisterFilterForm.filters", lambda *_: 1 / 0)
    response = client.get("/register/")
    assert response.status_code == 500
    assert "ZeroDivisionError" not in response.content.decode()
    assert "<h1" in response.content.decode()


def test_every_role_has_a_home(sign_in):
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert sign_in(Role.AUDITOR).get("/").status_code == 200
