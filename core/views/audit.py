from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.forms import AuditFilterForm
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission

PAGE_SIZE = 50


@requires(Permission.VIEW_AUDIT_TRAIL)
def audit_trail(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first; a regional auditor reads the rows of the region."""
    form = AuditFilterForm(request.GET)
    events = form.apply(AuditEvent.objects.visible_to(request.user))
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "core/audit.html", {"form": form, "page": page})
