"""What people may ask of the data held about them."""

from django.urls import path, re_path

from registry.views import people_data, retention

_FORM = r"(?P<form>pdf|json)"

urlpatterns = [
    path("data-requests/", people_data.request_list, name="data_requests"),
    path("data-requests/<int:pk>/", people_data.answer, name="data_request"),
    path("<int:pk>/data/", people_data.person, name="people_data"),
    path("<int:pk>/data/consents/", people_data.consents, name="consents"),
    re_path(rf"^(?P<pk>\d+)/data/file\.{_FORM}$", people_data.data_file, name="data_file"),
    path("<int:pk>/readings/", people_data.readings, name="readings"),
    path("me/data/", people_data.own_data, name="own_data"),
    path("me/data/consents/", people_data.own_consents, name="own_consents"),
    re_path(rf"^me/data/file\.{_FORM}$", people_data.own_data_file, name="own_data_file"),
    path("retention/", retention.retention_list, name="retention"),
    path("retention/<int:pk>/", retention.retention_run, name="retention_run"),
    path("retention/<int:pk>/approval/", retention.retention_approve, name="retention_approve"),
    path("retention/<int:pk>/cancellation/", retention.retention_cancel, name="retention_cancel"),
]
