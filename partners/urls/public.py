"""Open to all: the catalogue, one offer, one partner, the points that offers are checked against."""

from django.urls import path

from partners.views import catalogue, documents, leaflet

urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("points/", catalogue.check_points, name="check_points"),
    path("with/<slug:code>/", catalogue.partner_page, name="partner"),
    path("<int:pk>/", catalogue.offer_page, name="offer"),
    path("<int:pk>/leaflet-<slug:language>.pdf", leaflet.leaflet, name="leaflet"),
    path("<int:pk>/picture.png", leaflet.picture, name="offer_picture"),
    path("papers/<int:pk>/", documents.of_offer, name="offer_document"),
]
