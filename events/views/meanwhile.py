"""A form that somebody else was faster with: what stands now beside what was typed, and nothing is lost."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Manager, Model
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.dates import date_in_words, moment_in_words
from core.templatetags.portal import phone


def sent_number(request: HttpRequest, name: str) -> int:
    """A version or a place that the page sent along; 0 where it sent none."""
    text = request.POST.get(name) or request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def on_top_of(form: BaseForm, stored: Model, names: Iterable[str], mark: str = "version") -> list[dict]:
    """Rows of what stands now where it differs from what was typed.

    The form takes the stored version, so that sent again, on purpose, it replaces what is shown.

    Args:
        form: bound and valid.
        mark: the hidden field that holds the version.
    """
    form.data = form.data.copy()
    form.data[form.add_prefix(mark)] = str(stored.version)
    rows = []
    for name in names:
        if name == mark or name not in form.fields:
            continue
        value, typed = getattr(stored, name), form.cleaned_data.get(name)
        if isinstance(value, Manager):
            value, typed = list(value.all()), list(typed)
        if value != typed:
            rows.append({"label": form.fields[name].label, "value": _shown(stored, name, value)})
    return rows


def _shown(stored: Model, name: str, value: Any) -> str:
    display = getattr(stored, f"get_{name}_display", None)
    if display:
        return str(display())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment_in_words(value)
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, list):
        return " · ".join(str(one) for one in value)
    if name == "phone":
        return phone(value)
    return "" if value is None else str(value)
