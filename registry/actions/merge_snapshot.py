"""What two entries hold before and after a merge, as plain values, and how it is put back."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from registry.models import Qualification, Registrant, RegistrantCraft

# What a reviewer chooses between, each with the fields that go together.
CHOICES = {
    "name_ar": ("given_name_ar", "family_name_ar"),
    "name_latin": ("given_name_latin", "family_name_latin"),
    "organisation_name": ("organisation_name_ar", "organisation_name_latin"),
    "gender": ("gender",),
    "birth_date": ("birth_date",),
    "national_id": ("national_id",),
    "phone": ("phone",),
    "email": ("email",),
    "workplace": ("commune", "address"),
    "supervisor": ("supervisor",),
    "photograph": ("photograph", "photograph_hash"),
    "crafts": (),
    "qualifications": (),
}
_FIELDS = (
    *(field for fields in CHOICES.values() for field in fields),
    "kind",
    "region",
    "state",
    "user",
    "merged_into",
)


def snapshot(registrant: Registrant) -> dict[str, Any]:
    """Everything that a merge may change of an entry, as JSON holds it."""
    values = {name: getattr(registrant, _attribute(registrant, name)) for name in _FIELDS}
    values["photograph"] = registrant.photograph.name or ""
    values["crafts"] = [[link.craft_id, link.is_principal] for link in registrant.craft_links.order_by("id")]
    values["qualifications"] = [
        [proof.kind, proof.title, proof.years_of_exercise]
        for proof in registrant.qualifications.order_by("id")
    ]
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def put_back(registrant: Registrant, values: dict[str, Any]) -> None:
    """Write these values of a snapshot into an entry; the caller saves it."""
    for name, value in values.items():
        if name == "crafts":
            registrant.craft_links.all().delete()
            RegistrantCraft.objects.bulk_create(
                RegistrantCraft(registrant=registrant, craft_id=craft, is_principal=principal)
                for craft, principal in value
            )
        elif name == "qualifications":
            registrant.qualifications.all().delete()
            Qualification.objects.bulk_create(
                Qualification(registrant=registrant, kind=kind, title=title, years_of_exercise=years)
                for kind, title, years in value
            )
        else:
            field = Registrant._meta.get_field(name)
            setattr(registrant, field.attname, value if field.is_relation else field.to_python(value))


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The values before, of what is different after."""
    return {name: value for name, value in before.items() if after.get(name) != value}


def differing_choices(kept: dict[str, Any], merged: dict[str, Any]) -> list[str]:
    """What a reviewer has to choose: where the two say something different."""
    return [name for name in CHOICES if _values(kept, name) != _values(merged, name)]


def choice_values(values: dict[str, Any], name: str) -> dict[str, Any]:
    return dict(zip(CHOICES[name] or (name,), _values(values, name), strict=True))


def _values(values: dict[str, Any], name: str) -> list[Any]:
    return [values[field] for field in (CHOICES[name] or (name,))]


def _attribute(registrant: Registrant, name: str) -> str:
    return registrant._meta.get_field(name).attname
