"""What a person decides about an import."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions import imports as actions
from registry.enums import ImportState
from registry.forms.imports import ColumnsForm
from registry.imports.showing import comparisons
from registry.views.imports.found import done, found

ROWS_A_PAGE = 10
# What the reader took the letters of a CSV for, as people know it.
_ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "cp1256": "Windows-1256",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}


@requires(Permission.IMPORT_REGISTER)
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is which, and what may be written."""
    job = found(request, pk)
    if job.state not in {ImportState.COLUMNS, ImportState.CHECKED}:
        return redirect("registry:import", pk=pk)
    form = ColumnsForm(request.POST or None, job=job)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        return done(
            request,
            job,
            lambda: actions.choose_columns(
                job=job,
                mapping=form.mapping,
                new_people=cleaned["new_people"],
                update_fields=cleaned["update_fields"],
                erase_blanks=cleaned["erase_blanks"],
                consent_collected=cleaned["consent_collected"],
                by=request.user,
            ),
            _("The rows are being checked. Nothing is entered yet."),
        )
    context = {
        "job": job,
        "form": form,
        "sheets": job.found.get("sheets", []),
        "encoding": _ENCODINGS.get(job.found.get("encoding"), ""),
    }
    return render(request, "registry/imports/columns.html", context, status=422 if form.errors else 200)


@requires(Permission.IMPORT_REGISTER)
@require_POST
def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    job = found(request, pk)
    return done(
        request,
        job,
        lambda: actions.read_other_sheet(job=job, sheet=request.POST.get("sheet", ""), by=request.user),
        _("The other sheet is being read."),
    )


@requires(Permission.IMPORT_REGISTER)
@require_safe
def import_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows that may mean somebody on file, side by side, undecided ones first."""
    job = found(request, pk)
    if job.state != ImportState.CHECKED:
        return redirect("registry:import", pk=pk)
    rows = job.rows.exclude(candidates=[]).order_by("decided_by", "line")
    undecided = job.rows.undecided()
    which = undecided if request.GET.get("all") is None else rows
    page = Paginator(which.order_by("line"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "job": job,
        "page": page,
        "shown": comparisons(page.object_list, region=job.region_id),
        "left": undecided.count(),
        "total": rows.count(),
        "shows_all": request.GET.get("all") is not None,
    }
    return render(request, "registry/imports/review.html", context)


@requires(Permission.IMPORT_REGISTER)
@require_POST
def import_decide(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    job = found(request, pk)
    row = get_object_or_404(job.rows, line=line)
    try:
        actions.decide_row(row=row, decision=request.POST.get("decision", ""), by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Line %(line)s is decided.") % {"line": line})
    more = "?all=1" if request.POST.get("all") else ""
    return redirect(reverse("registry:import_review", args=[pk]) + more)


@requires(Permission.IMPORT_REGISTER)
@require_POST
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    job = found(request, pk)
    return done(
        request,
        job,
        lambda: actions.apply_import(job=job, by=request.user),
        _("The people are being entered."),
    )


@requires(Permission.IMPORT_REGISTER)
@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    job = found(request, pk)
    return done(
        request, job, lambda: actions.cancel_import(job=job, by=request.user), _("The import is stopped.")
    )


@requires(Permission.IMPORT_REGISTER)
@require_POST
def import_resume(request: HttpRequest, pk: int) -> HttpResponse:
    job = found(request, pk)
    return done(
        request, job, lambda: actions.resume_import(job=job, by=request.user), _("The import goes on.")
    )


@requires(Permission.IMPORT_REGISTER)
@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    job = found(request, pk)
    return done(
        request, job, lambda: actions.undo_import(job=job, by=request.user), _("The import is being undone.")
    )
