"""What was typed, as a draft keeps it between two pages, two days or two machines."""

from collections.abc import Iterable

from registry.actions import PERSONAL_FIELDS
from registry.forms.rows import CraftFormSet, MemberFormSet, QualificationFormSet
from registry.models import Application

# The parts that are rows, with what makes their forms.
ROWS = {"crafts": CraftFormSet, "qualifications": QualificationFormSet, "members": MemberFormSet}
# Of one page alone: a later one asks again.
_NOT_KEPT = frozenset({"version", "duplicates_reviewed"})
_LONGEST = 300


def typed_values(posted, fields: Iterable[str]) -> dict:
    """What was typed, as a draft keeps it: nothing is checked, only cut to a sane length."""
    return {
        "fields": {
            name: posted[name][:_LONGEST]
            for name in fields
            if posted.get(name) and name not in _NOT_KEPT and not name.startswith("crop_")
        },
        **{prefix: _rows(posted, formset, prefix) for prefix, formset in ROWS.items()},
    }


def values_of(application: Application) -> dict:
    """What an application holds, as a draft would."""
    registrant = application.registrant
    fields = {field: getattr(registrant, field) for field in PERSONAL_FIELDS}
    fields |= {
        "birth_date": registrant.birth_date.isoformat(),
        "supervisor": registrant.supervisor_id,
        "province": registrant.commune.province_id,
        "commune": registrant.commune_id,
        "consent": application.consent_at is not None,
    }
    crafts = [link.craft_id for link in registrant.craft_links.all()]
    fields |= {"principal_craft": crafts[0]} if crafts else {}
    return {
        "fields": fields,
        "crafts": [{"craft": craft} for craft in crafts[1:]],
        "qualifications": list(registrant.qualifications.values("kind", "title", "years_of_exercise")),
        "members": [
            {
                "nia": member.registrant.nia if member.registrant else "",
                "name_ar": member.name_ar,
                "name_latin": member.name_latin,
                "national_id": member.national_id,
                "role": member.role,
            }
            for member in registrant.members.select_related("registrant")
        ],
    }


def _rows(posted, formset: type, prefix: str) -> list[dict]:
    try:
        count = min(int(posted.get(f"{prefix}-TOTAL_FORMS", 0)), formset.absolute_max)
    except ValueError:
        return []
    return [
        {name: posted.get(f"{prefix}-{index}-{name}", "")[:_LONGEST] for name in formset.form.base_fields}
        for index in range(count)
    ]
