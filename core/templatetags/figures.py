"""Numbers of a table as they are read."""

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts.drawing import spaced
from core.figures import Percent, Value
from core.templatetags.portal import ltr

register = template.Library()


@register.filter
def figure(value: Value) -> SafeString | str:
    """A number with its thousands apart, a share, a word; a dash where there is nothing."""
    if value is None:
        return "—"
    if isinstance(value, Percent):
        return ltr(value)
    if isinstance(value, float):
        return ltr(number_format(value, decimal_pos=1))
    if isinstance(value, int):
        return ltr(spaced(value))
    return value


@register.filter
def public_figure(value: Value) -> SafeString | str:
    """As `figure`; what may not be published says so."""
    return _("withheld") if value is None else figure(value)
