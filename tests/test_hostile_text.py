"""Whatever people type is text: on no page is it ever markup, and on no card does it reach for a file."""

from contextlib import suppress

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse

from core import audit
from core.roles import Role
from tests.addresses import ADDRESSES, HERE, make_records
from tests.factories.core import UserFactory
from tests.factories.events import AgendaItemFactory, InvitationFactory
from tests.kept import kept
from tests.test_permission_matrix import client_of, may_open

pytestmark = pytest.mark.django_db

HOSTILE = "'\"><img src=file:///etc/passwd onerror=x>"
OURS = {"core", "registry", "cards", "events", "partners"}


def holds_words(field: models.Field) -> bool:
    """Whether people may write freely into a field: no choice, no code, no number that is checked."""
    return (
        type(field) in (models.CharField, models.TextField)
        and not (field.choices or field.unique or field.primary_key)
        and (field.max_length is None or field.max_length >= len(HOSTILE))
        and field.name not in {"content_type", "file_sha256", "token", "code", "number_format", "action"}
        and field.name
        not in {"subject_type", "subject_id", "photograph", "actor_roles", "password", "last_error"}
    )


def fill_with(text: str) -> int:
    """Write the text into every such field of every record; say how many fields there were.

    Triggers are off meanwhile, so that what is frozen holds it too. A field whose constraint refuses the
    text is no place where it could ever stand.
    """
    filled = 0
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model in apps.get_models():
            if model._meta.app_label not in OURS or model._meta.model_name == "auditevent":
                continue
            for field in filter(holds_words, model._meta.concrete_fields):
                # The plain queryset: what a manager keeps together with these words is not tried here.
                with suppress(IntegrityError), transaction.atomic():
                    models.QuerySet(model).update(**{field.attname: text})
                    filled += 1
        cursor.execute("SET LOCAL session_replication_role = origin")
    return filled


def make_hostile_records() -> dict:
    records = {HERE: make_records(HERE)}
    here = records[HERE]
    item = AgendaItemFactory(meeting=here["meeting"], themes_ar=[HOSTILE], themes_fr=[HOSTILE])
    item.speakers.add(InvitationFactory(meeting=here["meeting"]))
    assert fill_with(HOSTILE) > 100
    for name in ("registrant", "card", "batch", "offer"):
        here[name].refresh_from_db()
        audit.record(
            action=HOSTILE, by=UserFactory(), subject=here[name], region_code=HERE, label=HOSTILE,
            before={HOSTILE: HOSTILE}, after={HOSTILE: HOSTILE}, reason=HOSTILE,
        )  # fmt: skip
    return records


@pytest.fixture(scope="module")
def kept_records(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(make_hostile_records, tmp_path_factory.mktemp("records"), django_db_blocker) as it:
        yield it


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("role", Role)
def test_no_page_takes_it_for_markup(role, language, records):
    client = client_of(role, records)
    client.cookies["django_language"] = language
    seen = 0
    for name, address in ADDRESSES.items():
        if not may_open(name, role):
            continue
        path = reverse(name, kwargs=address.kwargs(records[HERE])) + address.query
        response = client.get(path, {"q": HOSTILE} if not address.query else None)
        if "text/html" in response.headers.get("Content-Type", "") and not response.streaming:
            page = response.content.decode()
            assert "<img src=file" not in page, name
            seen += "&lt;img src=file" in page
    assert seen >= 1
