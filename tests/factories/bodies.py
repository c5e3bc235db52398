"""Craft bodies for tests, brought as far as a test needs them by the actions themselves."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from core.models import Commune
from core.roles import Role
from registry.actions.assemblies import Invitation, close_attendance, convoke_assembly, note_present
from registry.actions.bodies import plan_body
from registry.actions.founding import Facts, enter_candidate, enter_facts, found_body
from registry.models import BodyDocument, Craft, CraftBody, CraftBranch, FoundingAssembly
from tests.factories.core import UserFactory
from tests.factories.registry import LAAYOUNE_COMMUNE, RegistrantFactory


def founder(region: str = "11"):
    """Who may found a region's bodies; the national administration for "" ."""
    if not region:
        return UserFactory(roles=(Role.NATIONAL_ADMIN,))
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,), region=region)


def branch() -> CraftBranch:
    """The branch of the craft that registrants of tests have."""
    return Craft.objects.current().first().branch


def planned_body(*, commune: str = LAAYOUNE_COMMUNE, level: str = "provincial", by=None) -> CraftBody:
    province = Commune.objects.select_related("province__region").get(code=commune).province
    return plan_body(
        level=level,
        branch=branch(),
        region=None if level == "national" else province.region,
        province=province if level == "provincial" else None,
        by=by or founder("" if level == "national" else province.region_id),
    )


def invitation(**changes) -> Invitation:
    values = {
        "starts_at": timezone.now() - timedelta(hours=2),
        "venue_ar": "دار الصانع",
        "venue_fr": "Maison de l'artisan",
        "convoked": "persons",
    }
    return Invitation(**values | changes)


def convoked_assembly(*, people: int = 3, body: CraftBody | None = None, **changes) -> FoundingAssembly:
    """An assembly with at least so many people on its list."""
    body = body or planned_body()
    commune = (
        body.province.communes.first()
        if body.province_id
        else Commune.objects.filter(province__region_id=body.region_id or "11").first()
    )
    for _ in range(people):
        RegistrantFactory(commune=commune.pk)
    return convoke_assembly(body=body, invitation=invitation(**changes), by=body.created_by)


def held_assembly(*, people: int = 3, body: CraftBody | None = None) -> FoundingAssembly:
    """Everybody came and the attendance is closed."""
    assembly = convoked_assembly(people=people, body=body)
    by = assembly.convoked_by
    for convocation in assembly.convocations.all():
        note_present(convocation=convocation, by=by)
    return close_attendance(assembly=assembly, by=by)


def add_statutes(body: CraftBody) -> BodyDocument:
    return BodyDocument.objects.create(
        body=body,
        kind="statutes",
        content_type="application/pdf",
        uploaded_by=body.created_by,
        file=ContentFile(b"%PDF-1.7", name="statutes.pdf"),
    )


def founded_body(*, people: int = 3, body: CraftBody | None = None) -> CraftBody:
    """A body with a president, a secretary general and members."""
    assembly = held_assembly(people=people, body=body)
    by = assembly.convoked_by
    called = [convocation.registrant for convocation in assembly.convocations.order_by("position")]
    for person, post in zip(called, ("president", "secretary"), strict=False):
        enter_candidate(assembly=assembly, registrant=person, votes=2, post=post, by=by)
    enter_facts(assembly=assembly, facts=Facts(people, 0, True), by=by)
    add_statutes(assembly.body)
    return found_body(assembly=assembly, by=by)
