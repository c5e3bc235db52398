"""Partners' offers, an area a file: nobody's space stands in another's list."""

from django.urls import include, path

from partners.views import agent

app_name = "partners"

urlpatterns = [
    path("", include("partners.urls_public")),
    path("", include("partners.urls_staff")),
    path("", include("partners.urls_agreements")),
    path("", include("partners.urls_branches")),
    path("", include("partners.urls_figures")),
    path("mine/", include("partners.urls_own")),
    path("check/", agent.check_card, name="agent"),
]
