from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse


@login_not_required
def check(request, token):
    return HttpResponse("later")


@login_not_required
def photograph(request, token):
    return HttpResponse("later")


@login_not_required
def form(request):
    return HttpResponse("later")
