"""How the states of imports, photographs and exports look."""

from django import template

from registry.enums import ExportState, ImportState, PhotographsState, RowOutcome

register = template.Library()

_KINDS = {
    ImportState.READING: "info",
    ImportState.COLUMNS: "warning",
    ImportState.CHECKING: "info",
    ImportState.CHECKED: "warning",
    ImportState.APPLYING: "info",
    ImportState.STOPPED: "warning",
    ImportState.APPLIED: "success",
    ImportState.UNDOING: "info",
    ImportState.UNDONE: "neutral",
    ImportState.CANCELLED: "neutral",
    ImportState.REFUSED: "danger",
    PhotographsState.RUNNING: "info",
    PhotographsState.DONE: "success",
    ExportState.FAILED: "danger",
    ExportState.EXPIRED: "neutral",
    RowOutcome.CREATE: "success",
    RowOutcome.UPDATE: "info",
    RowOutcome.REVIEW: "warning",
    RowOutcome.ERROR: "danger",
}


@register.filter
def bulk_kind(state: str) -> str:
    """The colour and icon that go with a state's word."""
    return _KINDS.get(state, "neutral")
