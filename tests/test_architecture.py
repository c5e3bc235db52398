"""The shape that ARCHITECTURE.md promises."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

LEVELS = {"core": 0, "registry": 1, "cards": 2, "events": 3, "partners": 3}
OFFERED_TO_OTHERS = {"models", "enums", "querysets", "actions", "search", "signals", "exports"}
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "mixins.py", "common.py"}
FOREIGN_APPS = {"auth", "contenttypes", "sessions", "account", "mfa", "usersessions", "django_rq"}
ROOT = Path(settings.ROOT)


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in LEVELS]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_to_the_left(model):
    own = model._meta.app_label
    for field in model._meta.get_fields():
        if not field.concrete or not field.is_relation:
            continue
        other = field.related_model._meta.app_label
        assert other == own or LEVELS[other] < LEVELS[own], f"{model.__name__}.{field.name} -> {other}"


def app_files():
    return sorted(
        path for app in LEVELS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
    )


@pytest.mark.parametrize("path", app_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_what_an_app_offers_is_imported_from_it(path):
    own = path.relative_to(ROOT).parts[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        app, *rest = node.module.split(".")
        if app in LEVELS and app not in {own, "core"}:
            asked = rest[0] if rest else node.names[0].name
            assert asked in OFFERED_TO_OTHERS, f"{node.module} line {node.lineno}"
            assert LEVELS[app] < LEVELS[own], f"{node.module} line {node.lineno}"


def test_no_drawer_for_what_found_no_home():
    found = [
        path for path in ROOT.glob("*/**/*.py") if path.name in FORBIDDEN_NAMES and ".venv" not in path.parts
    ]
    assert found == []


def test_core_is_the_list_of_its_adr():
    listed = (ROOT / "docs/adr/0001-core-is-a-closed-list.md").read_text(encoding="utf-8")
    ordinary = {
        "__init__",
        "apps",
        "urls",
        "urls_accounts",
        "forms",
        "views",
        "migrations",
        "management",
        "data",
    }
    modules = {path.stem for path in (ROOT / "core").iterdir() if path.suffix == ".py" or path.is_dir()}
    unlisted = {name for name in modules - ordinary - {"__pycache__"} if name not in listed}
    assert unlisted == set()


def our_views():
    """Every view of ours with its name, walked from the root of the addresses."""

    def walk(patterns, prefix=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield prefix + (pattern.name or "?"), pattern.callback
            else:
                namespace = f"{pattern.namespace}:" if getattr(pattern, "namespace", None) else ""
                yield from walk(pattern.url_patterns, prefix + namespace)

    return [
        (name, view)
        for name, view in walk(get_resolver().url_patterns)
        if view.__module__.split(".")[0] in LEVELS
    ]


# Open to whoever is signed in: they show nothing that is not the reader's own or public.
SIGNED_IN_IS_ENOUGH = {"core:home", "core:commune_options"}


def test_every_view_is_public_by_name_or_asks_for_a_permission():
    careless = [
        name
        for name, view in our_views()
        if getattr(view, "login_required", True)
        and not hasattr(view, "required_permission")
        and name not in SIGNED_IN_IS_ENOUGH
    ]
    assert careless == []


def test_templates_hold_no_inline_code():
    for path in (ROOT / "templates").rglob("*.html"):
        if "pdf" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert " onclick=" not in text, path
        assert "javascript:" not in text, path


def test_rows_of_another_app_are_known_to_us():
    """A package that brings tables of its own is a decision, not an accident."""
    labels = {config.label for config in apps.get_app_configs() if list(config.get_models())}
    assert labels == set(LEVELS) | FOREIGN_APPS
