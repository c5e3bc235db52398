"""Photographs in bulk: an archive sent, seen being worked on, its rejects."""

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh
from redis.exceptions import RedisError

from core.background import time_left
from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import CSV_TYPE, XLSX_TYPE, csv_lines, write_workbook
from registry.actions.photographs import cancel_photographs, receive_photographs
from registry.enums import PhotographsState
from registry.forms.photographs import PhotographsForm
from registry.imports.notes import Note
from registry.models import PhotographsJob
from registry.photograph_archives import work

PAGE_SIZE, REJECTS_SHOWN = 20, 50
LOOK_AFTER_SECONDS = 5


@requires(Permission.IMPORT_REGISTER)
def photographs(request: HttpRequest) -> HttpResponse:
    """An archive to send, and those sent so far."""
    form = PhotographsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        job = receive_photographs(
            file=cleaned["file"],
            name=cleaned["file"].name,
            total=form.total,
            replace=cleaned["replace"],
            accepted_by_eye=cleaned["accepted_by_eye"],
            by=request.user,
        )
        return redirect("registry:photographs_job", pk=job.pk)
    jobs = PhotographsJob.objects.visible_to(request.user).select_related("region", "created_by")
    page = Paginator(jobs, PAGE_SIZE).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    return render(request, "registry/photographs/list.html", {"form": form, "page": page}, status=status)


@requires(Permission.IMPORT_REGISTER)
@require_safe
def photographs_job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; then how many were taken, and the rejects with why."""
    job = _found(request, pk)
    page = Paginator(job.rejects, REJECTS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "job": job,
        "page": page,
        "rejects": [{"name": name, "text": Note("", *told).text} for name, *told in page],
        "is_running": job.state == PhotographsState.RUNNING,
        **_progress(job),
    }
    return render(request, "registry/photographs/job.html", context)


@requires(Permission.IMPORT_REGISTER)
@require_safe
def photographs_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for each second; an archive that nobody works on is taken up again."""
    job = _found(request, pk)
    if job.state != PhotographsState.RUNNING:
        return HttpResponseClientRefresh()
    try:
        if cache.add(f"photographs-looked-after-{job.pk}", True, LOOK_AFTER_SECONDS):
            work.resume(job.pk)
    except RedisError:
        work.logger.exception("photographs %s could not be looked after", job.pk)
    return render(request, "registry/photographs/_progress.html", {"job": job, **_progress(job)})


@requires(Permission.IMPORT_REGISTER)
@require_safe
def photographs_report(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The rejects as a file."""
    job = _found(request, pk)
    header = [_("Computer file"), _("Message")]
    rows = ([name, Note("", *told).text] for name, *told in job.rejects)
    if form == "csv":
        response = StreamingHttpResponse(csv_lines([header, *rows]), content_type=CSV_TYPE)
    elif form == "xlsx":
        response = HttpResponse(content_type=XLSX_TYPE)
        write_workbook(response, header, rows, sheet=_("Report"), right_to_left=get_language_bidi())
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="photographs-{job.pk}.{form}"'
    return response


@requires(Permission.IMPORT_REGISTER)
@require_POST
def photographs_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    job = _found(request, pk)
    try:
        cancel_photographs(job=job, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The photographs taken so far stay; the others were left out."))
    return redirect("registry:photographs_job", pk=pk)


def _found(request: HttpRequest, pk: int) -> PhotographsJob:
    visible = PhotographsJob.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("region", "created_by"), pk=pk)


def _progress(job: PhotographsJob) -> dict:
    told = work.progress(job)
    return {"progress": told, "time_left": time_left(told)}
