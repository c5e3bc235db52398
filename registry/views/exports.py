"""Lists taken out as files: asked for, seen being written, fetched by who asked and nobody else."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from core.background import time_left
from core.exceptions import ActionRefused
from core.media import serve_protected
from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import CSV_TYPE, XLSX_TYPE
from core.validators import record_key
from registry.actions.exports import cancel_export, record_export_taken
from registry.enums import ExportFormat, ExportState
from registry.exports import work
from registry.exports.lists import LISTS
from registry.exports.pages import ask_for
from registry.exports.wording import failure_words
from registry.models import ExportJob

PAGE_SIZE = 20
_TYPES = {ExportFormat.XLSX: XLSX_TYPE, ExportFormat.CSV: CSV_TYPE, ExportFormat.PDF: "application/pdf"}


@requires(Permission.EXPORT_REGISTER)
def export_new(request: HttpRequest, listing: str) -> HttpResponse:
    """A list of the register; another app's list is asked for in its own place."""
    wanted = LISTS.get(listing)
    if wanted is None or wanted.taken_out_with != Permission.EXPORT_REGISTER:
        raise Http404
    return ask_for(wanted, request)


@requires(Permission.FETCH_LISTS)
@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """One's own lists, the newest first: how far each is, and its file."""
    page = Paginator(ExportJob.objects.of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": [{"job": job, "failure": failure_words(job)} for job in page],
        "kept_days": settings.EXPORT_KEPT_DAYS,
        "reads_register": request.user.can(Permission.VIEW_REGISTER),
        **_running(request),
    }
    return render(request, "registry/exports/list.html", context)


@requires(Permission.FETCH_LISTS)
@require_safe
def export_progress(request: HttpRequest) -> HttpResponse:
    """The bars alone, asked for each second; when the last is done the page is loaded again."""
    context = _running(request)
    if not context["running"] or len(context["running"]) < _number(request, "running"):
        return HttpResponseClientRefresh()
    return render(request, "registry/exports/_running.html", context)


@requires(Permission.FETCH_LISTS)
@require_POST
def export_cancel(request: HttpRequest) -> HttpResponse:
    """Which one comes with the form: the address is the same for everybody."""
    if key := _number(request, "export"):
        job = get_object_or_404(ExportJob.objects.of(request.user), pk=key)
        try:
            cancel_export(job=job, by=request.user)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The writing of the list is stopped."))
    return redirect("registry:exports")


@requires(Permission.FETCH_LISTS)
@require_POST
def export_file(request: HttpRequest) -> HttpResponseBase:
    """The file; that it was fetched is recorded, so that it is asked for by a POST."""
    key = _number(request, "export")
    if not key:
        return redirect("registry:exports")
    job = get_object_or_404(ExportJob.objects.of(request.user), pk=key, state=ExportState.DONE)
    response = serve_protected(
        job.file,
        content_type=_TYPES[ExportFormat(job.format)],
        filename=f"{job.listing}-{job.created_at:%Y-%m-%d}-{job.pk}.{job.format}",
        inline=False,
    )
    record_export_taken(job=job, by=request.user)
    return response


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "") or request.GET.get(name, "")
    return record_key(text) or 0


def _running(request: HttpRequest) -> dict:
    jobs = ExportJob.objects.of(request.user).working().order_by("pk")
    told = [(job, work.progress(job)) for job in jobs]
    return {"running": [{"job": job, "told": how_far, "left": time_left(how_far)} for job, how_far in told]}
