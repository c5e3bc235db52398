"""How the register's states look."""

from django import template

from registry.enums import ApplicationState, Flag, RegistrantState

register = template.Library()

_KINDS = {
    RegistrantState.CANDIDATE: "neutral",
    RegistrantState.REGISTERED: "success",
    RegistrantState.REINSTATED: "success",
    RegistrantState.SUSPENDED: "warning",
    RegistrantState.STRUCK_OFF: "danger",
    ApplicationState.DRAFT: "neutral",
    ApplicationState.SUBMITTED: "info",
    ApplicationState.TO_CORRECT: "warning",
    ApplicationState.APPROVED: "success",
    ApplicationState.REJECTED: "danger",
}


@register.filter
def state_kind(state: str) -> str:
    """The colour and icon that go with a state's word."""
    return _KINDS.get(state, "neutral")


@register.filter
def flag_words(flags: list[str]) -> list[str]:
    """The flags as words, in the order of the list."""
    return [flag.label for flag in Flag if flag in flags]
