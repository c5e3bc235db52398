"""What the page furniture needs on every page."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi

from core.models import Chamber
from core.navigation import navigation_for
from core.roles import Permission

# English is for the public check page alone, which offers it by itself.
SWITCHABLE = ("ar", "fr")
# As many stand side by side on 360 pixels.
TABS = 5


def portal(request: HttpRequest) -> dict:
    """Navigation, direction, languages and notices; asks the database nothing for those not signed in.

    Early failures bring a request that has no user yet: they get the page without its navigation.
    """
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    current = (get_language() or settings.LANGUAGE_CODE)[:2]
    # Worked out by whole pages alone: parts of a page are asked for many times a second.
    navigation = SimpleLazyObject(lambda: navigation_for(request) if signed_in else [])
    return {
        "text_direction": "rtl" if get_language_bidi() else "ltr",
        "navigation": navigation,
        # Under the thumb of an artisan's telephone.
        "tab_bar": SimpleLazyObject(
            lambda: navigation[:TABS] if signed_in and user.can(Permission.VIEW_OWN_FILE) else []
        ),
        "reader": user if signed_in else None,
        "reader_chamber": SimpleLazyObject(lambda: _chamber_of(user) if signed_in else None),
        "other_languages": [
            {"code": code, "name": name}
            for code, name in settings.LANGUAGES
            if code in SWITCHABLE and code != current
        ],
        "show_demo_notice": settings.DEMO_NOTICE,
        "legal_notice_url": _address("core:legal"),
    }


def _chamber_of(user) -> Chamber | None:
    if user.region_id is None:
        return None
    return Chamber.objects.select_related("region").filter(region_id=user.region_id).first()


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
