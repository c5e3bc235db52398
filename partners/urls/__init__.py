"""Partners' offers, an area a file: nobody's space stands in another's list."""

from django.urls import include, path

from partners.views import agent

app_name = "partners"

urlpatterns = [
    path("", include("partners.urls.public")),
    path("", include("partners.urls.staff")),
    path("", include("partners.urls.agreements")),
    path("", include("partners.urls.branches")),
    path("", include("partners.urls.figures")),
    path("mine/", include("partners.urls.own")),
    path("check/", agent.check_card, name="agent"),
]
