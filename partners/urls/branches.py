"""For staff: partners' places."""

from django.urls import path

from partners.views import branch_files, branches

urlpatterns = [
    path("branches/", branches.branches, name="branches"),
    path("branches/new/", branches.branch_new, name="branch_new"),
    path("branches/<int:pk>/", branches.branch_edit, name="branch"),
    path("branches/import/", branch_files.import_branches, name="branch_import"),
    path("branches/import/template.xlsx", branch_files.template, name="branch_template"),
    path("branches/import/<int:pk>/", branch_files.branch_file, name="branch_file"),
    path("branches/import/<int:pk>/apply/", branch_files.apply, name="branch_file_apply"),
    path("branches/import/<int:pk>/discard/", branch_files.discard, name="branch_file_discard"),
]
