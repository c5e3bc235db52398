"""Partners' offers: the catalogue, their management, a partner's counter."""

from django.urls import include, path

from partners.views import agent, catalogue, staff

app_name = "partners"

urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("<int:pk>/", catalogue.offer_page, name="offer"),
    path("<int:pk>/terms/", staff.offer_terms, name="offer_terms"),
    path("<int:pk>/confirm/", staff.confirm, name="confirm"),
    path("<int:pk>/propose/", staff.propose, name="propose"),
    path("<int:pk>/check/", staff.check, name="check"),
    path("<int:pk>/reopen/", staff.reopen, name="reopen"),
    path("<int:pk>/withdraw/", staff.withdraw, name="withdraw"),
    path("partners/", staff.partner_list, name="partners"),
    path("mine/", include("partners.urls_own")),
    path("check/", agent.check_card, name="agent"),
]
