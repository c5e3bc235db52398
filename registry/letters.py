"""What letters say: gathered when a decision is taken, printed whenever somebody asks for it."""

from datetime import date
from typing import Any

from django.utils.translation import override

from core.models import Chamber
from core.papers import LANGUAGES, render_paper
from registry.models import Ground, Letter, Registrant

# Of the chamber's settings: what a letter keeps, so that a later signatory does not sign it.
_HEADING = (
    "region_id",
    "name_ar",
    "name_fr",
    "address_ar",
    "address_fr",
    "phone",
    "signatory_name_ar",
    "signatory_name_fr",
    "signatory_title_ar",
    "signatory_title_fr",
)
_PICTURES = ("logo", "signature")


def facts_of(
    registrant: Registrant,
    *,
    ground: Ground | None = None,
    reason: str = "",
    dates: dict[str, date] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Everything that a letter about this person says."""
    chamber = Chamber.objects.get(region_id=registrant.region_id)
    return {
        "chamber": {name: getattr(chamber, name) for name in _HEADING}
        | {name: getattr(chamber, name).name or "" for name in _PICTURES},
        "person_ar": registrant.person_name_ar,
        "person_fr": registrant.person_name_latin,
        "organisation_ar": registrant.organisation_name_ar,
        "organisation_fr": registrant.organisation_name_latin,
        "gender": registrant.gender,
        "kind": in_both(registrant.get_kind_display),
        "nia": registrant.nia or "",
        "ground": {"ar": ground.name_ar, "fr": ground.name_fr or ground.name_ar} if ground else {},
        "reason": reason,
        "dates": {name: day.isoformat() for name, day in (dates or {}).items()},
        **more,
    }


def letter_pdf(letter: Letter, language: str) -> bytes:
    """The letter in one of the two languages."""
    facts = letter.facts
    words = {
        "letter": letter,
        "facts": facts,
        "person": facts[f"person_{language}"],
        "organisation": facts[f"organisation_{language}"],
        "kind": facts["kind"][language],
        "ground": facts["ground"].get(language, ""),
        "dates": {name: date.fromisoformat(day) for name, day in facts["dates"].items()},
        "procedure": facts.get("procedure", {}).get(language, ""),
    }
    return render_paper(
        f"registry/pdf/letter_{letter.kind}.html",
        chamber=Chamber(**facts["chamber"]),
        dated=letter.dated,
        language=language,
        reference=letter.reference,
        context=words,
    )


def in_both(label) -> dict[str, str]:
    """The words of a choice in each language."""
    words = {}
    for language in LANGUAGES:
        with override(language):
            words[language] = str(label())
    return words
