"""The letter that tells a person what was decided on a request about the own entry."""

from django.utils import timezone
from django.utils.translation import override

from core.models import Chamber
from core.papers import render_paper
from registry.enums import ChangeState
from registry.held_values import field_label, ordered_changes, value_in_words
from registry.models import ChangeRequest

LETTER_STATES = frozenset({ChangeState.APPROVED, ChangeState.REFUSED})


def change_letter(change: ChangeRequest, language: str) -> bytes:
    """The PDF in Arabic or French, from the chamber that decided, dated the day of the decision."""
    registrant = change.registrant
    with override(language):
        organisation = registrant.name if registrant.is_organisation else ""
        rows = [
            {"label": field_label(name), "value": value_in_words(name, values["new"])}
            for name, values in ordered_changes(change)
            if name != "photograph"
        ]
    return render_paper(
        "registry/pdf/change_letter.html",
        chamber=Chamber.objects.select_related("region").get(region_id=_decided_in(change)),
        dated=timezone.localdate(change.decided_at),
        language=language,
        reference=change.number,
        context={
            "change": change,
            "registrant": registrant,
            "person": registrant.person_name_ar if language == "ar" else registrant.person_name_latin,
            "organisation": organisation,
            "rows": rows,
        },
    )


def _decided_in(change: ChangeRequest) -> str:
    return change.destination_id or change.region_id
