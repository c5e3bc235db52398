"""Whatever answers below the API's address with an error answers with a problem."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from partners.api.problems import MEDIA_TYPE, SLUGS, Problem, answer

ROOT = "/api/tills/"
_KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


class ProblemMiddleware:
    """Turns pages of errors, made before or beside the API's own code, into problems of the same status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith(ROOT):
            return response
        if response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
        slug = SLUGS.get(response.status_code, "server" if response.status_code >= 500 else "bad-request")
        return answer(request, Problem(response.status_code, slug, headers=headers))
