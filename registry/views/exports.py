"""Lists taken out of the register: asked for, seen being written, fetched by who asked and nobody else."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from core.background import time_left
from core.exceptions import ActionRefused
from core.media import serve_protected
from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import CSV_TYPE, XLSX_TYPE
from registry.actions.exports import ask_export, cancel_export, record_export_taken
from registry.enums import ExportFormat, ExportState
from registry.exports import work
from registry.exports.lists import LISTS, ExportedList
from registry.exports.wording import failure_words
from registry.forms.exports import ExportForm
from registry.models import ExportJob

PAGE_SIZE = 20
_TYPES = {ExportFormat.XLSX: XLSX_TYPE, ExportFormat.CSV: CSV_TYPE, ExportFormat.PDF: "application/pdf"}


@requires(Permission.EXPORT_REGISTER)
def export_new(request: HttpRequest, listing: str) -> HttpResponse:
    """What a list is taken out as; what is on it stands in the address, as the list's page had it."""
    query = QueryDict(request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode())
    asked = _list_or_404(listing)(query, request.user)
    if not request.user.can(asked.permission):
        raise PermissionDenied
    if not asked.is_offered:
        raise Http404
    if asked.is_lost:
        messages.info(request, _("This search is no longer kept: search again."))
        return redirect(asked.page)
    count = asked.count()
    form = ExportForm(
        request.POST or None,
        asked=asked,
        count=count.number if count.is_exact else max(count.estimate, count.number),
        initial={"query": query.urlencode(), "columns": asked.usual_columns()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            ask_export(
                asked=asked,
                columns=form.cleaned_data["columns"],
                format=ExportFormat(form.cleaned_data["format"]),
                language=get_language() or "ar",
                by=request.user,
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The list is being written. You may close this page meanwhile."))
            return redirect("registry:exports")
    context = {
        "form": form,
        "title": asked.listing.label,
        "count": count,
        "words": asked.words(),
        "query": query.urlencode(),
        "back_url": f"{asked.page}?{query.urlencode()}",
    }
    return render(request, "registry/exports/new.html", context, status=422 if form.errors else 200)


@requires(Permission.EXPORT_REGISTER)
@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """One's own lists, the newest first: how far each is, and its file."""
    page = Paginator(ExportJob.objects.of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": [{"job": job, "failure": failure_words(job)} for job in page],
        "kept_days": settings.EXPORT_KEPT_DAYS,
        **_running(request),
    }
    return render(request, "registry/exports/list.html", context)


@requires(Permission.EXPORT_REGISTER)
@require_safe
def export_progress(request: HttpRequest) -> HttpResponse:
    """The bars alone, asked for each second; when the last is done the page is loaded again."""
    context = _running(request)
    if not context["running"] or len(context["running"]) < _number(request, "running"):
        return HttpResponseClientRefresh()
    return render(request, "registry/exports/_running.html", context)


@requires(Permission.EXPORT_REGISTER)
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


@requires(Permission.EXPORT_REGISTER)
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


def _list_or_404(listing: str) -> type[ExportedList]:
    if listing not in LISTS:
        raise Http404
    return LISTS[listing]


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "") or request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _running(request: HttpRequest) -> dict:
    jobs = ExportJob.objects.of(request.user).working().order_by("pk")
    told = [(job, work.progress(job)) for job in jobs]
    return {"running": [{"job": job, "told": how_far, "left": time_left(how_far)} for job, how_far in told]}
