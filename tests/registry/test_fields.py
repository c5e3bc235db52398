"""Fields of the register's forms."""

import pytest
from django import forms
from django.test.html import parse_html

from registry.fields import LongSelect

CHOICES = [("", "All"), ("a", "<b>&"), ("Group & co", [(1, "One"), (2, "Two")])]


@pytest.mark.parametrize("value", [None, "", "a", 1, "2", "absent"])
def test_a_long_select_is_written_as_djangos(value):
    attrs = {"id": "id_craft", "class": "form-select", "required": True, "disabled": False}
    ours, theirs = (
        parse_html(widget(attrs={"aria-label": 'say "x"'}, choices=CHOICES).render("craft", value, attrs))
        for widget in (LongSelect, forms.Select)
    )
    assert ours == theirs
