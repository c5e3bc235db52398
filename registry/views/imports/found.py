"""The import that an address means."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from core.exceptions import ActionRefused
from registry.models import ImportJob


def found(request: HttpRequest, pk: int) -> ImportJob:
    visible = ImportJob.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("region", "created_by", "applied_by"), pk=pk)


def done(request: HttpRequest, job: ImportJob, action: Callable[[], object], success: str) -> HttpResponse:
    """Do it, say so or why not, and go to the import's page."""
    try:
        action()
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, success)
    return redirect("registry:import", pk=job.pk)
