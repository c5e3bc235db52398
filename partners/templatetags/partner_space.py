"""The tabs of a partner's own space."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

register = template.Library()

_PAGES = (
    ("home", _("Overview")),
    ("offers", _("Offers")),
    ("figures", _("Figures")),
    ("agents", _("Agents")),
    ("keys", _("Tills' keys")),
    ("branches", pgettext_lazy("partner", "Branches")),
    ("activity", _("Activity")),
)


@register.simple_tag
def space_tabs(active: str) -> list[dict]:
    """The items of `components/tabs.html`; `active` names the page that is open."""
    return [
        {"label": label, "url": reverse(f"partner_space:{name}"), "active": name == active, "count": None}
        for name, label in _PAGES
    ]
