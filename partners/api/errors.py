"""How ninja's own errors are said as problems."""

from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from partners.api.operations import api
from partners.api.problems import SLUGS, Problem, answer, unread


@api.exception_handler(Problem)
def problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return answer(request, error)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(request, Problem(404, "not-found"))


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 400:
        return answer(request, unread())
    return answer(request, Problem(error.status_code, SLUGS.get(error.status_code, "bad-request")))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Everything that does not fit, each at its place; never what was sent."""
    return answer(request, Problem(422, "validation", errors=[_wrong(one) for one in error.errors]))


def _wrong(one: dict) -> dict[str, str]:
    source, *places = one["loc"]
    if source == "header":
        return {"header": str(places[-1]) if places else "", "detail": one["msg"]}
    # The body is one parameter of the function, whose name says nothing to the till.
    path = "".join(f"/{str(place).replace('~', '~0').replace('/', '~1')}" for place in places[1:])
    return {"pointer": f"#{path}", "detail": one["msg"]}
