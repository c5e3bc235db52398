"""Values of an import put into people on file who are locked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from registry.actions.flags import refresh_flags
from registry.enums import Kind
from registry.imports import people
from registry.models import Qualification, Registrant, RegistrantCraft


def write(person: Registrant, values: dict[str, Any]) -> set[str]:
    """Put values into a person; gives the fields to save. Crafts and proofs are saved here."""
    fields = set()
    for name, value in values.items():
        if name == "crafts":
            _set_crafts(person, value)
        elif name == "birth_date":
            person.birth_date = date.fromisoformat(value)
        elif name == "commune":
            person.commune_id = value
        elif name not in people.QUALIFICATION:
            setattr(person, name, value)
        if name in people.PLAIN:
            fields.add(name)
    if proof := {name: values[name] for name in people.QUALIFICATION if name in values}:
        _set_qualification(person, proof)
    person.version += 1
    person.name_key = person.make_name_key()
    person.updated_at = timezone.now()
    return fields | {"version", "name_key", "updated_at"}


def save_all(changed: Sequence[Registrant], fields: set[str]) -> None:
    """Save many people at once; the row of each holds what it held in the fields that are not its own."""
    if changed:
        Registrant.objects.bulk_update(changed, sorted(fields), batch_size=200)
        for person in changed:
            if person.kind == Kind.ENTERPRISE:
                refresh_flags(person)


def _set_crafts(person: Registrant, crafts: Sequence[int]) -> None:
    person.craft_links.all().delete()
    RegistrantCraft.objects.bulk_create(
        RegistrantCraft(registrant=person, craft_id=craft, is_principal=position == 0)
        for position, craft in enumerate(crafts)
    )


def _set_qualification(person: Registrant, values: dict[str, Any]) -> None:
    proof = person.qualifications.first() or Qualification(registrant=person)
    for field, name in (("kind", "qualification_kind"), ("title", "qualification_title")):
        if name in values:
            setattr(proof, field, values[name] or "")
    if "years_of_exercise" in values:
        proof.years_of_exercise = values["years_of_exercise"]
    if proof.kind:
        proof.save()
    elif proof.pk:
        proof.delete()
