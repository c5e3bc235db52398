"""Partners' offers: the catalogue, their management, a partner's counter."""

from django.urls import path

from partners.views import agent, catalogue, staff

app_name = "partners"

urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("<int:pk>/", catalogue.offer_page, name="offer"),
    path("<int:pk>/terms/", staff.offer_terms, name="offer_terms"),
    path("<int:pk>/confirm/", staff.confirm, name="confirm"),
    path("<int:pk>/publish/", staff.publish, name="publish"),
    path("<int:pk>/withdraw/", staff.withdraw, name="withdraw"),
    path("partners/", staff.partner_list, name="partners"),
    path("check/", agent.check_card, name="agent"),
]
