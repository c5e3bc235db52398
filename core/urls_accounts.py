"""Sign-in, second factor, open sessions (django-allauth) and the language switch, all outside a namespace."""

from django.urls import include, path

from core.views.language import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("", include("allauth.account.urls")),
    path("second-factor/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
