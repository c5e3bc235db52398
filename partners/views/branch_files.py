"""Many places at once: a file is read, looked at line by line, and only then applied."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import XLSX_TYPE, write_workbook
from partners import actions
from partners.actions.branches import difference
from partners.branch_files import COLUMNS, NEEDED, check_branch_rows
from partners.enums import BranchImportState
from partners.forms.branches import BranchFileForm
from partners.models import Branch, BranchImport
from partners.views import steps

PAGE_SIZE = 50
LAST_FILES = 10


@requires(Permission.MANAGE_OFFERS)
def import_branches(request: HttpRequest) -> HttpResponse:
    """Send a file: nothing is written before somebody has seen what it would do."""
    form = BranchFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, header, rows = form.cleaned_data["file"]
        kept = actions.keep_branch_file(
            partner=form.cleaned_data["partner"], file_name=name, header=header, rows=rows, by=request.user
        )
        return redirect("partners:branch_file", kept.pk)
    context = {
        "form": form,
        "columns": [(words, name, name in NEEDED) for name, (words, *_rest) in COLUMNS.items()],
        "files": BranchImport.objects.defer("rows").select_related("partner", "sent_by")[:LAST_FILES],
    }
    return render(request, "partners/staff/branch_import.html", context)


@requires(Permission.MANAGE_OFFERS)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with the headings, in the reader's language."""
    response = HttpResponse(content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="branches.xlsx"'
    header = [str(words) for words, *_rest in COLUMNS.values()]
    write_workbook(
        response, header, [], sheet=pgettext("partner", "Branches"), right_to_left=get_language_bidi()
    )
    return response


@requires(Permission.MANAGE_OFFERS)
def branch_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do, line by line, or what it did."""
    found = get_object_or_404(BranchImport.objects.select_related("partner", "sent_by"), pk=pk)
    waits = found.state == BranchImportState.CHECKED
    checked = check_branch_rows(found.header, found.rows) if waits else None
    lines = _lines(found, checked.rows) if checked else []
    counts = {
        name: sum(line["kind"] == name for line in lines) for name in ("created", "updated", "unchanged")
    }
    context = {
        "file": found,
        "waits": waits,
        "faults": checked.faults if checked else [],
        "page": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
        "counts": counts | {"rejected": checked.rejected} if checked else found.outcome,
    }
    return render(request, "partners/staff/branch_file.html", context)


@requires(Permission.MANAGE_OFFERS)
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BranchImport.objects.defer("rows"), pk=pk)
    return steps.take(
        request,
        actions.apply_branch_file,
        done=_("The branches are written."),
        then=("partners:branch_file", pk),
        branch_file=found,
    )


@requires(Permission.MANAGE_OFFERS)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BranchImport.objects.defer("rows"), pk=pk)
    return steps.take(
        request,
        actions.discard_branch_file,
        done=_("The file is discarded."),
        then=("partners:branch_import",),
        branch_file=found,
    )


def _lines(found: BranchImport, rows: dict[int, dict]) -> list[dict]:
    """What each row that holds would do, those that change something first; one query."""
    known = {one.code: one for one in Branch.objects.of_partner(found.partner)}
    lines = []
    for number, row in rows.items():
        branch = known.get(row["code"])
        names = difference(branch, row)
        kind = "created" if branch is None else "updated" if names else "unchanged"
        labels = [str(Branch._meta.get_field(name).verbose_name) for name in names] if branch else []
        lines.append(
            {"line": number, "code": row["code"], "name": row["name_ar"], "kind": kind, "changes": labels}
        )
    return sorted(lines, key=lambda line: line["kind"] == "unchanged")
