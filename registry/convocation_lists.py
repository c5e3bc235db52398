"""Who is called to a founding assembly: drawn from the register, frozen when the assembly is convoked."""

from django.db import connection
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from registry.enums import PERSON_KINDS, BodyLevel, Convoked
from registry.models import CraftBody, FoundingAssembly, Mandate, Registrant, RegistrantCraft

# More could not meet in one place; office holders of the bodies below represent them.
MOST_CALLED = 100_000


def people_called(body: CraftBody, convoked: str) -> QuerySet[Registrant]:
    """Registered people with a craft of the body's branch who live in its territory, or office holders."""
    people = Registrant.objects.registered()
    if convoked == Convoked.OFFICE_HOLDERS:
        below = CraftBody.objects.below(body)
        return people.filter(pk__in=Mandate.objects.in_force().filter(body__in=below).values("registrant_id"))
    if body.level == BodyLevel.PROVINCIAL:
        people = people.filter(commune__province_id=body.province_id, region_id=body.region_id)
    elif body.level == BodyLevel.REGIONAL:
        people = people.filter(region_id=body.region_id)
    if convoked == Convoked.PERSONS:
        people = people.filter(kind__in=PERSON_KINDS)
    return people.filter(
        pk__in=RegistrantCraft.objects.filter(craft__branch_id=body.branch_id).values("registrant_id")
    )


def freeze(assembly: FoundingAssembly) -> int:
    """Write the list of an assembly in one statement, by family name; how many are on it."""
    people = people_called(assembly.body, assembly.convoked).order_by()
    numbered = people.annotate(
        place=Window(RowNumber(), order_by=[F("family_name_ar"), F("given_name_ar"), F("id")])
    ).values_list("pk", "place")
    drawn, parameters = numbered.query.sql_with_params()
    # The inner statement is the ORM's own; what people typed is among the parameters.
    statement = f"""
        INSERT INTO registry_convocation (registrant_id, position, assembly_id, attendance)
        SELECT drawn.*, %s, 'absent' FROM ({drawn}) AS drawn
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [assembly.pk, *parameters])
        return cursor.rowcount
