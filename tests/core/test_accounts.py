"""Roles, regions and what the database refuses of accounts."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation

from core.models import AuditEvent, Chamber, User
from core.roles import ROLE_PERMISSIONS, Permission, Role
from tests.factories.core import UserFactory
from tests.factories.registry import portrait_bytes

pytestmark = pytest.mark.django_db


def test_every_role_has_its_line_and_every_permission_a_holder():
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert frozenset().union(*ROLE_PERMISSIONS.values()) == set(Permission)


def test_an_account_may_wear_two_hats():
    user = UserFactory(roles=[Role.REGISTRAR, Role.CARD_OFFICER])
    assert user.can(Permission.REGISTER_ARTISAN)
    assert user.can(Permission.MAKE_CARDS)
    assert not user.can(Permission.MANAGE_OFFERS)


def test_an_inactive_account_may_do_nothing():
    assert UserFactory(is_active=False).permissions == frozenset()


def test_a_regional_role_needs_a_region():
    with translation.override("en"), pytest.raises(ValidationError, match="region"):
        User.objects.create_user("nowhere", roles=[Role.REGISTRAR])
    with pytest.raises(IntegrityError, match="user_regional_role_has_region"), transaction.atomic():
        UserFactory(roles=[Role.REGISTRAR], region=None)


def test_an_artisan_is_nothing_else():
    with pytest.raises(IntegrityError, match="user_artisan_is_only_artisan"), transaction.atomic():
        UserFactory(roles=[Role.ARTISAN, Role.NATIONAL_ADMIN])


@pytest.mark.parametrize(
    ("role", "region", "codes"),
    [
        (Role.NATIONAL_ADMIN, None, 12),
        (Role.AUDITOR, None, 12),
        (Role.REGIONAL_DIRECTOR, "11", 1),
        (Role.PARTNER_AGENT, None, 0),
        (Role.ARTISAN, None, 0),
    ],
)
def test_scope_by_role(role, region, codes):
    user = UserFactory(roles=[role], region=region)
    assert Chamber.objects.visible_to(user).count() == codes


def test_twelve_chambers_one_a_region():
    assert Chamber.objects.values("region").distinct().count() == 12


def test_validity_of_cards_is_bounded_in_the_database():
    with pytest.raises(IntegrityError, match="chamber_card_validity_sane"), transaction.atomic():
        Chamber.objects.filter(region_id="11").update(card_validity_months=0)


@pytest.mark.parametrize(
    "number_format",
    [
        "{region}",
        "{serial:06d}",
        "{region}{serial}{serial}",
        "{region}{serial:999999999d}",
        "{region:>999999999}{serial}",
        "{region}-TOO-LONG-AT-LAST-{serial}",
        "{serial.__class__}",
        "{serial:06d}{other}",
        "{serial:06d",
        "{serial:99d}",
        "ن{serial}",
        "{serial!r:x}",
    ],
)
def test_a_number_format_that_does_not_work_is_refused(number_format):
    chamber = Chamber.objects.get(region_id="11")
    chamber.number_format = number_format
    with pytest.raises(ValidationError):
        chamber.full_clean()


@pytest.mark.parametrize(
    "number_format", ["{region}-{serial:06d}-{check}", "{year}/{region}/{serial}", "NIA{region}{serial:08d}"]
)
def test_a_number_format_that_works_is_taken(number_format):
    chamber = Chamber.objects.get(region_id="11")
    chamber.number_format = number_format
    chamber.full_clean()
    assert chamber.number_format == number_format


def chamber_answers(**changes) -> dict:
    return {
        "name_ar": "غرفة",
        "name_fr": "Chambre",
        "number_format": "{region}-{serial:06d}",
        "card_validity_months": "24",
    } | changes


def test_a_director_changes_the_own_chamber_and_what_changed_is_audited(sign_in):
    director = sign_in(Role.REGIONAL_DIRECTOR)
    assert director.post("/chambers/11/", chamber_answers()).status_code == 302
    assert Chamber.objects.get(region_id="11").card_validity_months == 24
    event = AuditEvent.objects.get(action="core.chamber.changed")
    assert event.before["card_validity_months"] == 60
    assert event.after["card_validity_months"] == 24
    assert "phone" not in event.after
    assert director.post("/chambers/12/", chamber_answers()).status_code == 404


def test_what_a_chamber_writes_is_stored_clean(sign_in):
    """These words are printed on cards: nothing invisible may turn them round."""
    sign_in(Role.REGIONAL_DIRECTOR).post("/chambers/11/", chamber_answers(name_fr="Chambre \u202ede  test"))
    assert Chamber.objects.get(region_id="11").name_fr == "Chambre de test"


def test_a_chambers_picture_is_checked_and_saved_anew(sign_in, settings):
    settings.MEDIA_ACCEL_LOCATION = "/protected/"
    director = sign_in(Role.REGIONAL_DIRECTOR)
    fake = SimpleUploadedFile("logo.png", b"%PDF-1.7", content_type="image/png")
    assert "logo" in director.post("/chambers/11/", chamber_answers(logo=fake)).context["form"].errors
    picture = SimpleUploadedFile("logo.png", portrait_bytes(), content_type="image/png")
    director.post("/chambers/11/", chamber_answers(logo=picture))
    assert Chamber.objects.get(region_id="11").logo.name.startswith("chambers/")
    assert director.get("/chambers/11/picture/logo/").headers["Content-Type"] == "image/png"
