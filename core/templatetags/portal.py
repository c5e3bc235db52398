"""Tags and filters of the page furniture."""

from datetime import date, datetime
from functools import cache, lru_cache

import phonenumbers
from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from heroicons.templatetags.heroicons import heroicon_mini, heroicon_outline

from core.dates import date_in_words, moment_in_words

register = template.Library()

# Icons that point along the line of reading: mirrored in a right-to-left page.
_DIRECTIONAL = ("arrow-left", "arrow-right", "arrow-long", "arrow-small", "arrow-u", "chevron-left",
                "chevron-right", "chevron-double-left", "chevron-double-right", "backspace", "forward",
                "backward", "paper-airplane")  # fmt: skip
_KIND_ICONS = {
    "success": "check-circle",
    "info": "information-circle",
    "warning": "exclamation-triangle",
    "danger": "x-circle",
    "neutral": "minus-circle",
}
# Django's message levels that go by another name here.
_MESSAGE_KINDS = {"error": "danger", "debug": "info"}


@register.simple_tag
def icon(name: str, size: int = 20, css_class: str = "") -> SafeString:
    """A Heroicon drawn in the page, hidden from screen readers: a word always stands beside it.

    Up to 24 pixels the filled drawing is used, which stays clear; above it, the outlined one.
    """
    return _drawn(name, size, css_class)


@cache
def _drawn(name: str, size: int, css_class: str) -> SafeString:
    # A page of a list draws the same few icons a hundred times.
    classes = ["icon", *(["icon-directional"] if name.startswith(_DIRECTIONAL) else []), *css_class.split()]
    draw = heroicon_mini if size <= 24 else heroicon_outline
    return draw(name, size=size, **{"class": " ".join(classes), "aria_hidden": "true", "focusable": "false"})


@register.simple_tag
def kind_icon(kind: str = "info", size: int = 20) -> SafeString:
    """The icon that goes with a state: success, info, warning, danger or neutral."""
    return icon(_KIND_ICONS.get(kind, _KIND_ICONS["info"]), size)


@register.simple_tag
def navigation_links(items: list[dict]) -> SafeString:
    """The main navigation, of `core.navigation`: drawn once for all who see the same from the same page."""
    return _drawn_navigation(get_language(), tuple(tuple(entry.items()) for entry in items))


@lru_cache(maxsize=512)
def _drawn_navigation(language: str, entries: tuple) -> SafeString:
    return render_to_string("components/navigation.html", {"items": [dict(entry) for entry in entries]})


class ConstantNode(template.Node):
    """Part of a page, kept by the language that it was first asked for in."""

    def __init__(self, nodes: template.NodeList):
        self.nodes = nodes
        self.rendered: dict[str, str] = {}

    def render(self, context: template.Context) -> str:
        language = get_language()
        if language not in self.rendered:
            self.rendered[language] = self.nodes.render(context)
        return self.rendered[language]


@register.tag
def constant(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """`{% constant %}...{% endconstant %}`: what depends on the language alone, rendered once a process."""
    nodes = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(nodes)


@register.filter
def message_kind(level_tag: str) -> str:
    """The kind of alert for a message's level."""
    return _MESSAGE_KINDS.get(level_tag, level_tag)


@register.filter
def ltr(value) -> SafeString | str:
    """A number, code or Latin word isolated left to right, in tabular figures."""
    if value is None or value == "":
        return ""
    return format_html('<bdi dir="ltr" class="number">{}</bdi>', value)


@register.filter
def phone(value: str) -> SafeString | str:
    """`06 61 23 45 67` for a Moroccan number in E.164, the international form for another country's."""
    return ltr(spoken_phone(value)) if value else ""


@register.filter
def moroccan_date(value: date | None, style: str = "") -> str:
    """A date in words; `weekday` puts the day's name in front, `moment` the time behind.

    Both words may be given: `{{ meeting.starts_at|moroccan_date:"weekday moment" }}`.
    """
    if not value:
        return ""
    weekday = "weekday" in style
    if "moment" in style and isinstance(value, datetime):
        return moment_in_words(value, weekday=weekday)
    return date_in_words(value, weekday=weekday)


def spoken_phone(value: str) -> str:
    """A stored number as people say it; what cannot be read as a number is left as it is."""
    try:
        number = phonenumbers.parse(value, "MA")
    except phonenumbers.NumberParseException:
        return value
    national = str(number.national_number)
    if number.country_code != 212 or len(national) != 9:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    digits = "0" + national
    return " ".join(digits[start : start + 2] for start in range(0, 10, 2))
