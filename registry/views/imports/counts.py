"""What an import's page counts: rows by what becomes of them, or what undoing left."""

from django.urls import reverse
from django.utils.translation import ngettext, ngettext_lazy

from registry.enums import ImportState, RowOutcome
from registry.models import ImportJob

_WORDS = {
    RowOutcome.CREATE: ngettext_lazy("new person", "new people", "count"),
    RowOutcome.UPDATE: ngettext_lazy("person changed", "people changed", "count"),
    RowOutcome.UNCHANGED: ngettext_lazy("person unchanged", "people unchanged", "count"),
    RowOutcome.SKIP: ngettext_lazy("row left out by choice", "rows left out by choice", "count"),
    RowOutcome.REVIEW: ngettext_lazy("row to be looked at", "rows to be looked at", "count"),
    RowOutcome.ERROR: ngettext_lazy("row with an error", "rows with errors", "count"),
}
_ICONS = {
    RowOutcome.CREATE: "user-plus",
    RowOutcome.UPDATE: "pencil-square",
    RowOutcome.UNCHANGED: "equals",
    RowOutcome.SKIP: "minus-circle",
    RowOutcome.REVIEW: "eye",
    RowOutcome.ERROR: "exclamation-triangle",
}
_WAITS = {RowOutcome.ERROR, RowOutcome.REVIEW}


def words(outcome: RowOutcome, count: int) -> str:
    """What so many rows are called, which agrees with their number."""
    return _WORDS[outcome] % {"count": count}


def counts(job: ImportJob) -> list[dict]:
    """Each outcome with its rows and the address that lists them; of an undone import, what is left of it."""
    if job.state == ImportState.UNDONE:
        return _undone(job)
    found = job.done if job.state == ImportState.APPLIED else job.planned
    page = reverse("registry:import", args=[job.pk])
    return [
        {
            "label": words(outcome, count := found.get(outcome, 0)),
            "count": count,
            "url": f"{page}?rows={outcome.value}#rows" if not job.discarded_at else "",
            "icon": _ICONS[outcome],
            "kind": "warning" if count and outcome in _WAITS else "",
        }
        for outcome in RowOutcome
    ]


def _undone(job: ImportJob) -> list[dict]:
    undone, kept = job.done.get("undone", 0), job.done.get("kept", 0)
    return [
        {
            "label": ngettext("person as before the import", "people as before the import", undone),
            "count": undone,
            "icon": "arrow-uturn-left",
        },
        {
            "label": ngettext("person left as they are", "people left as they are", kept),
            "count": kept,
            "icon": "user",
            "kind": "warning" if kept else "",
        },
    ]
