"""A select is written as Django would write it, whatever its words."""

import pytest
from django import forms
from django.test.utils import override_settings
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

CHOICES = [
    ("", _("All")),
    (None, "---"),
    (1, "One & <b>two</b>"),
    ('"quoted" <i>', format_html("<b>{}</b>", "safe")),
    ("Group <i>", [(True, "yes"), (2.5, "نصف")]),
]


def _rendered(select: forms.Widget, value: object) -> str:
    return " ".join(
        select.render("field", value, {"id": "id_field", "required": True}).replace("\n", " ").split()
    )


@pytest.mark.parametrize("value", ["", None, 1, "1", '"quoted" <i>', True, 2.5, ["1", "True"]])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
def test_the_same_as_djangos_own(widget, value):
    ours = _rendered(widget(choices=CHOICES), value)
    with override_settings(FORM_RENDERER="django.forms.renderers.DjangoTemplates"):
        theirs = _rendered(widget(choices=CHOICES), value)
    assert ours.replace("> <", "><") == theirs.replace("> <", "><")
    assert "<i>" not in ours


def test_attributes_of_an_option_are_kept():
    class Marked(forms.Select):
        def create_option(self, *args, **kwargs):
            return super().create_option(*args, **kwargs) | {"attrs": {"data-kind": 'a"b', "disabled": True}}

    assert '<option value="1" data-kind="a&quot;b" disabled>' in _rendered(Marked(choices=[(1, "One")]), "")
