"""One import: how far it is, what its check found, what it did; its report as a file."""

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh
from redis.exceptions import RedisError

from core.background import time_left
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import CSV_TYPE, XLSX_TYPE, csv_lines, write_workbook
from registry.actions.imports import why_not_apply
from registry.enums import ImportState, RowOutcome
from registry.imports import report, work
from registry.imports.notes import Note
from registry.imports.showing import shown_rows
from registry.models import ImportJob
from registry.views.imports.counts import counts, words
from registry.views.imports.found import found

ROWS_SHOWN = 25
HISTORY_SIZE = 20
# How often the open pages of an import may look whether it was forgotten.
LOOK_AFTER_SECONDS = 5


@requires(Permission.IMPORT_REGISTER)
@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The import where it stands; without scripts the page is loaded again to see how far it is."""
    job = found(request, pk)
    if job.state == ImportState.COLUMNS:
        return redirect("registry:import_columns", pk=pk)
    if job.is_working or job.state in {ImportState.REFUSED, ImportState.CANCELLED}:
        return render(request, "registry/imports/working.html", {"job": job, **_working(job)})
    outcome = request.GET.get("rows", "")
    listed = outcome in RowOutcome and job.state != ImportState.UNDONE
    rows = job.rows.filter(outcome=outcome) if listed else job.rows.none()
    page = Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "job": job,
        "counts": counts(job),
        "outcome": outcome,
        "outcome_label": words(RowOutcome(outcome), page.paginator.count) if listed else "",
        "page": page,
        "shown": shown_rows(job, page.object_list),
        "refusal": why_not_apply(job, request.user) if job.state == ImportState.CHECKED else "",
        "writes": sum(job.planned.get(name, 0) for name in (RowOutcome.CREATE, RowOutcome.UPDATE)),
        "may_undo": job.state in {ImportState.APPLIED, ImportState.STOPPED}
        and job.undo_until > timezone.now(),
        "kept": _kept(job),
        "history": AuditEvent.objects.about(job)[:HISTORY_SIZE],
    }
    return render(request, "registry/imports/job.html", context)


@requires(Permission.IMPORT_REGISTER)
@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for each second; an import that nobody works on is taken up again."""
    job = found(request, pk)
    if not job.is_working or job.last_error:
        return HttpResponseClientRefresh()
    try:
        if cache.add(f"import-looked-after-{job.pk}", True, LOOK_AFTER_SECONDS):
            work.resume(job.pk)
    except RedisError:
        work.logger.exception("import %s could not be looked after", job.pk)
    return render(request, "registry/imports/_progress.html", {"job": job, **_working(job)})


@requires(Permission.IMPORT_REGISTER)
@require_safe
def import_report(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Line by line and column by column what is to be mended in the file."""
    job = found(request, pk)
    name = f"import-{job.pk}.{form}"
    if form == "csv":
        response = StreamingHttpResponse(
            csv_lines([report.header(), *report.lines(job)]), content_type=CSV_TYPE
        )
    elif form == "xlsx":
        response = HttpResponse(content_type=XLSX_TYPE)
        write_workbook(
            response,
            report.header(),
            report.lines(job),
            sheet=_("Report"),
            right_to_left=get_language() == "ar",
        )
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _working(job: ImportJob) -> dict:
    told = work.progress(job)
    refusal = job.found.get("refusal")
    return {
        "progress": told,
        "time_left": time_left(told) if not job.last_error else "",
        "title": job.get_state_display(),
        "refusal": Note("", *refusal).text if refusal else "",
    }


def _kept(job: ImportJob) -> list[dict]:
    """Whom undoing left as they are, and why; the first of them."""
    if job.state != ImportState.UNDONE:
        return []
    return [
        {"line": change.line, "key": change.registrant_key, "text": Note("", *change.kept).text}
        for change in job.changes.exclude(kept=[])[:50]
    ]
