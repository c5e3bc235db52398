"""Imports, exports and photographs in bulk."""

from django.urls import path

from registry.views import exports, photographs
from registry.views.imports import job, sending, steps

urlpatterns = [
    path("imports/", sending.import_list, name="imports"),
    path("imports/new/", sending.import_new, name="import_new"),
    path("imports/template/", sending.import_template, name="import_template"),
    path("imports/<int:pk>/", job.import_page, name="import"),
    path("imports/<int:pk>/progress/", job.import_progress, name="import_progress"),
    path("imports/<int:pk>/report.<str:form>", job.import_report, name="import_report"),
    path("imports/<int:pk>/columns/", steps.import_columns, name="import_columns"),
    path("imports/<int:pk>/sheet/", steps.import_sheet, name="import_sheet"),
    path("imports/<int:pk>/review/", steps.import_review, name="import_review"),
    path("imports/<int:pk>/review/<int:line>/", steps.import_decide, name="import_decide"),
    path("imports/<int:pk>/apply/", steps.import_apply, name="import_apply"),
    path("imports/<int:pk>/cancel/", steps.import_cancel, name="import_cancel"),
    path("imports/<int:pk>/resume/", steps.import_resume, name="import_resume"),
    path("imports/<int:pk>/undo/", steps.import_undo, name="import_undo"),
    path("photographs/", photographs.photographs, name="photographs"),
    path("photographs/<int:pk>/", photographs.photographs_job, name="photographs_job"),
    path("photographs/<int:pk>/progress/", photographs.photographs_progress, name="photographs_progress"),
    path("photographs/<int:pk>/report.<str:form>", photographs.photographs_report, name="photographs_report"),
    path("photographs/<int:pk>/cancel/", photographs.photographs_cancel, name="photographs_cancel"),
    path("exports/", exports.export_list, name="exports"),
    path("exports/new/<str:listing>/", exports.export_new, name="export_new"),
    path("exports/progress/", exports.export_progress, name="exports_progress"),
    path("exports/cancel/", exports.export_cancel, name="export_cancel"),
    path("exports/file/", exports.export_file, name="export_file"),
]
