"""List, files, applications, and the artisan's own space."""

from django.urls import path

from registry.views import applications, files, own_space, register

urlpatterns = [
    path("", register.register_list, name="list"),
    path("<int:pk>/", register.register_detail, name="detail"),
    path("<int:pk>/photograph/", files.photograph, name="photograph"),
    path("documents/<int:pk>/", files.document, name="document"),
    path("new/", applications.apply, name="apply"),
    path("applications/", applications.queue, name="queue"),
    path("applications/<int:pk>/", applications.application_edit, name="application_edit"),
    path("applications/<int:pk>/decision/", applications.decide, name="decide"),
    path("me/", own_space.own_space, name="own_space"),
    path("me/photograph/", files.own_photograph, name="own_photograph"),
]
