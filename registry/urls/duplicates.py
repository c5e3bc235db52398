"""The review of duplicates and merges."""

from django.urls import path, re_path

from registry.views import duplicates, sweeps

urlpatterns = [
    path("duplicates/", duplicates.duplicate_list, name="duplicates"),
    path("duplicates/typed/", duplicates.typed_duplicates, name="typed_duplicates"),
    path("duplicates/search/", sweeps.sweep_start, name="sweep_start"),
    path("duplicates/search/state/", sweeps.sweep_state, name="sweep_state"),
    path("duplicates/search/cancellation/", sweeps.sweep_cancel, name="sweep_cancel"),
    path("duplicates/<int:pk>/", duplicates.duplicate_review, name="duplicate_review"),
    path("duplicates/<int:pk>/not-same/", duplicates.duplicate_not_same, name="duplicate_not_same"),
    path("duplicates/<int:pk>/again/", duplicates.duplicate_again, name="duplicate_again"),
    re_path(
        r"^duplicates/(?P<pk>\d+)/photograph/(?P<side>first|second)/$",
        duplicates.duplicate_photograph,
        name="duplicate_photograph",
    ),
    path("merges/<int:pk>/undoing/", duplicates.merge_undo, name="merge_undo"),
]
