"""Addresses of the tills' API: open to all by name, because a key and no session says who asks."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from partners.api import documentation, errors
from partners.api.operations import api

app_name = "tills"
# Where the till does not say in which language it wants its sentences.
_USUAL_LANGUAGE = "fr"
assert errors.problem  # its handlers are registered


def for_tills(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """One of the API's addresses: no session, no token of a form, sentences in the language asked for."""

    @csrf_exempt
    @login_not_required
    def opened(request: HttpRequest) -> HttpResponse:
        asked = "Accept-Language" in request.headers
        language = translation.get_language_from_request(request) if asked else _USUAL_LANGUAGE
        with translation.override(language):
            response = view(request)
            response["Content-Language"] = language
        return response

    return opened


urlpatterns = [
    path("", documentation.page, name="api-root"),
    path("openapi.json", documentation.openapi, name="openapi"),
    *(
        path(str(pattern.pattern), for_tills(pattern.callback), name=pattern.name)
        for pattern in api.urls[0]
        if pattern.name != "api-root"
    ),
]
