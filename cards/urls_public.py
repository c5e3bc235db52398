"""Open to all: the check of a card."""

from django.urls import path

from cards.views import verify

app_name = "verification"

urlpatterns = [
    path("V/<str:token>", verify.check, name="check"),
    path("v/<str:token>", verify.check),
    path("V/<str:token>/photograph", verify.photograph, name="photograph"),
    path("check/", verify.form, name="form"),
]
