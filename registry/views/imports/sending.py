"""The imports so far, a new one, and the workbook to fill in."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import XLSX_TYPE
from registry.actions.imports import receive_import
from registry.forms.imports import ImportFileForm
from registry.imports.template import template_workbook
from registry.models import ImportJob

PAGE_SIZE = 25


@requires(Permission.IMPORT_REGISTER)
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    jobs = ImportJob.objects.visible_to(request.user).select_related("region", "created_by")
    page = Paginator(jobs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "registry/imports/list.html", {"page": page})


@requires(Permission.IMPORT_REGISTER)
def import_new(request: HttpRequest) -> HttpResponse:
    form = ImportFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        job = receive_import(file=file, name=file.name, by=request.user)
        return redirect("registry:import", pk=job.pk)
    status = 422 if form.errors else 200
    return render(request, "registry/imports/new.html", {"form": form}, status=status)


@requires(Permission.IMPORT_REGISTER)
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(template_workbook(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="register.xlsx"'
    return response
