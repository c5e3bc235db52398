"""Audit rows in words."""

from django import template

from core import audit_labels
from core.roles import Role

register = template.Library()


@register.filter
def action_words(action: str) -> str:
    return audit_labels.label_of(action)


@register.filter
def role_words(roles: str) -> str:
    """The roles an actor had at the time; a role that exists no more keeps its code."""
    known = dict(Role.choices)
    return "، ".join(str(known.get(role, role)) for role in roles.split(",") if role)
