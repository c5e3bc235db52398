"""Open to all: how far an application is."""

from django.urls import path

from registry.views import tracking

app_name = "tracking"

urlpatterns = [
    path("T/<str:number>", tracking.follow, name="follow"),
    path("t/<str:number>", tracking.follow),
    path("track/", tracking.form, name="form"),
]
