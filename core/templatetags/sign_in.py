"""Filters of the pages on sign-in."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# What each says of itself; the first that fits, since Edge claims to be Chrome and Chrome to be Safari.
_BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS"}
_SYSTEMS |= {"Linux": "Linux"}


@register.filter
def device_name(user_agent: str) -> str:
    """`Firefox, Android` for what a browser calls itself; enough to know one's own device again."""
    names = [
        next((name for mark, name in marks.items() if mark in user_agent), "")
        for marks in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, names)) or _("Unknown browser")
