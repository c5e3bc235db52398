"""Values of an import put into people on file who are locked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import User
from registry.actions.flags import refresh_flags
from registry.enums import Kind
from registry.imports import people
from registry.models import Qualification, Registrant, RegistrantCraft
from registry.signals import registrant_amended

# What is kept along with every change.
_KEPT = frozenset({"version", "name_key", "updated_at"})


def write(person: Registrant, values: dict[str, Any]) -> set[str]:
    """Put values into a locked person; gives the fields to save. Crafts and proofs are saved here."""
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
    return fields | _KEPT


def save_all(changed: Sequence[tuple[Registrant, set[str]]]) -> None:
    """Save many people at once, each with the names of what changed; what is kept elsewhere follows."""
    if not changed:
        return
    people_changed = [person for person, _names in changed]
    fields = set().union(*(names for _person, names in changed))
    # The row of each holds what it held in the fields that are not its own.
    Registrant.objects.bulk_update(people_changed, sorted(fields), batch_size=200)
    for person in people_changed:
        if person.kind == Kind.ENTERPRISE:
            refresh_flags(person)
    _follow(people_changed)
    transaction.on_commit(lambda: _tell(changed))


def _follow(changed: Sequence[Registrant]) -> None:
    """The accounts with which people sign in bear the names of the register."""
    accounts = {person.user_id: person for person in changed if person.user_id}
    users = list(User.objects.filter(pk__in=accounts))
    for user in users:
        user.name_ar = accounts[user.pk].person_name_ar
        user.name_latin = accounts[user.pk].person_name_latin
    User.objects.bulk_update(users, ["name_ar", "name_latin"])


def _tell(changed: Sequence[tuple[Registrant, set[str]]]) -> None:
    for person, names in changed:
        fields = sorted(names - _KEPT)
        registrant_amended.send(sender=Registrant, registrant=person, fields=fields)


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
