"""Open to all: the check of a card."""

from django.urls import path

from cards.views import verify, verify_offline

app_name = "verification"

urlpatterns = [
    path("V/<str:token>", verify.check, name="check"),
    path("v/<str:token>", verify.check),
    path("V/<str:token>/photograph", verify.photograph, name="photograph"),
    path("check/", verify.form, name="form"),
    path("check/frame/", verify_offline.frame, name="frame"),
    path("check/offline/", verify_offline.offline, name="offline"),
    path("check/revoked", verify_offline.revoked, name="revoked"),
    path("check/manifest.webmanifest", verify_offline.manifest, name="manifest"),
    path("check/worker.js", verify_offline.worker, name="worker"),
    path(".well-known/card-keys", verify_offline.card_keys, name="card_keys"),
]
