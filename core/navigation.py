"""The main navigation. Each app hands in its entries from `AppConfig.ready`: nobody imports to the right."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.roles import Permission

# Where home leads whoever has a space of their own.
OWN_HOME = "registry:own_space"


@dataclass(frozen=True)
class NavigationItem:
    """A page that deserves a place in the header, for those who hold `permission` (None: everyone signed in).

    `icon` names a Heroicon. `count(user)`, where given, says how much waits there; it costs a query on every
    page, so it is for small indexed counts only, and None shows nothing. `is_daily` entries stand in the row;
    the others, opened now and then, wait under "More", so that nobody's row wraps.
    """

    label: str | Promise
    url_name: str
    permission: Permission | None = None
    icon: str = "squares-2x2"
    order: int = 100
    count: Callable | None = None
    is_daily: bool = True


_items: list[NavigationItem] = [
    NavigationItem(_("Home"), "core:home", None, "home", 0),
    NavigationItem(
        _("Audit trail"), "core:audit", Permission.VIEW_AUDIT_TRAIL, "shield-check", 900, is_daily=False
    ),
    NavigationItem(
        _("Chambers"), "core:chambers", Permission.MANAGE_CHAMBER, "building-library", 910, is_daily=False
    ),
    NavigationItem(_("Accounts"), "core:accounts", Permission.MANAGE_ACCOUNTS, "key", 920, is_daily=False),
]


def register(item: NavigationItem) -> None:
    if item not in _items:
        _items.append(item)
        _items.sort(key=lambda known: known.order)


def navigation_for(request: HttpRequest) -> list[dict]:
    """What this reader may open, in order, daily ones first; one rare entry alone stands with them.

    Each is `{"label", "url", "icon", "active", "count", "is_daily"}`. The active one is the entry whose
    address is the longest beginning of the current one.
    """
    entries = [
        {
            "label": str(item.label),
            "url": _address(item.url_name),
            "icon": item.icon,
            "active": False,
            "count": item.count(request.user) if item.count else None,
            "is_daily": item.is_daily,
        }
        for item in _items
        if item.permission is None or request.user.can(item.permission)
    ]
    home = _address("core:home")
    around = [
        entry
        for entry in entries
        if request.path == entry["url"] or (entry["url"] != home and request.path.startswith(entry["url"]))
    ]
    if around:
        max(around, key=lambda entry: len(entry["url"]))["active"] = True
    elif request.path == reverse(OWN_HOME):
        entries[0]["active"] = True
    rare = [entry for entry in entries if not entry["is_daily"]]
    if len(rare) == 1:
        rare[0]["is_daily"] = True
    return sorted(entries, key=lambda entry: not entry["is_daily"])


@cache
def _address(name: str) -> str:
    return reverse(name)
