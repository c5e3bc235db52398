"""Papers of a founding assembly: PDFs in the reader's language, and the list as a table."""

import csv
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from core.permissions import requires
from core.roles import Permission
from registry import body_papers
from registry.enums import AssemblyState
from registry.models import FoundingAssembly

_PAPERS = {
    "convocation": body_papers.convocation_paper,
    "list": body_papers.list_paper,
    "minutes": body_papers.minutes_paper,
}
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written to it, line by line."""

    def write(self, value: str) -> str:
        return value


@requires(Permission.MANAGE_BODIES)
def assembly_paper(request: HttpRequest, pk: int, paper: str) -> HttpResponseBase:
    """The convocation, the list to sign, or the minutes."""
    assembly = _assembly(request, pk)
    if paper not in _PAPERS or (paper == "minutes" and assembly.state != AssemblyState.HELD):
        raise Http404
    if paper == "list" and assembly.called_count > body_papers.MOST_PRINTED:
        return _table(assembly)
    language = "fr" if (get_language() or "ar").startswith("fr") else "ar"
    content = _PAPERS[paper](assembly, language=language)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{paper}-{assembly.pk}.pdf"'},
    )


def _table(assembly: FoundingAssembly) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        # Excel takes a file without this mark for one of its own code page.
        yield "\ufeff"
        for row in body_papers.list_rows(assembly):
            yield writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])

    return StreamingHttpResponse(
        lines(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="list-{assembly.pk}.csv"'},
    )


def _assembly(request: HttpRequest, pk: int) -> FoundingAssembly:
    assemblies = FoundingAssembly.objects.visible_to(request.user).select_related(
        "body__branch", "body__region", "body__province"
    )
    assembly = get_object_or_404(assemblies, pk=pk)
    if not assembly.body.is_changeable_by(request.user):
        raise PermissionDenied
    return assembly
