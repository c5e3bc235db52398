"""What is compared of an entry, whether it is on file or being typed."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from core.arabic import fold
from registry.enums import ORGANISATION_KINDS
from registry.models import Registrant
from registry.models.registrant import NAME_FIELDS


@dataclass(frozen=True)
class Traits:
    """Empty values match nothing. Names are folded, as in `Registrant.name_key`."""

    is_organisation: bool = False
    national_id: str = ""
    phone: str = ""
    name_ar: tuple[str, str] = ("", "")
    name_latin: tuple[str, str] = ("", "")
    organisation_ar: str = ""
    organisation_latin: str = ""
    birth_date: date | None = None
    gender: str = ""
    commune_id: str = ""
    photograph_hash: int | None = None

    @classmethod
    def of(cls, registrant: Registrant) -> Self:
        names = (registrant.name_key or registrant.make_name_key()).split("|")
        return cls._made(
            names,
            kind=registrant.kind,
            national_id=registrant.national_id,
            phone=registrant.phone,
            birth_date=registrant.birth_date,
            gender=registrant.gender,
            commune_id=registrant.commune_id,
            photograph_hash=registrant.photograph_hash,
        )

    @classmethod
    def typed(cls, values: dict[str, Any]) -> Self:
        """Of a form's checked values; what is missing matches nothing."""
        commune = values.get("commune")
        return cls._made(
            [fold(values.get(field) or "") for field in NAME_FIELDS],
            kind=values.get("kind") or "",
            national_id=values.get("national_id") or "",
            phone=values.get("phone") or "",
            birth_date=values.get("birth_date"),
            gender=values.get("gender") or "",
            commune_id=commune.pk if commune else "",
            photograph_hash=values.get("photograph_hash"),
        )

    @classmethod
    def _made(cls, names: list[str], *, kind: str, **values: Any) -> Self:
        given_ar, family_ar, given_latin, family_latin, organisation_ar, organisation_latin = names
        return cls(
            is_organisation=kind in ORGANISATION_KINDS,
            name_ar=(given_ar, family_ar),
            name_latin=(given_latin, family_latin),
            organisation_ar=organisation_ar,
            organisation_latin=organisation_latin,
            **values,
        )
