from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def legal(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, who sees it, and what they may ask (law 09-08)."""
    return render(request, "core/legal.html")
