"""Error pages in the house's style.

A page that is missing or refused still has its navigation. A broken request or a broken server gets a page
that asks nothing of the request or the database, in both languages at once.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # Even the host's name may be what is wrong: nothing of the request is used.
    return HttpResponse(loader.get_template("core/errors/400.html").render(), status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "core/errors/403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "core/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(loader.get_template("core/errors/500.html").render(), status=500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is old: most often the session ended in another tab."""
    return render(request, "core/errors/403_csrf.html", status=403)
