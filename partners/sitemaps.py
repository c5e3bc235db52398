"""What search engines are told of: the catalogue, offers that are shown, and their partners."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from partners.models import Offer, Partner


class CatalogueSitemap(Sitemap):
    def items(self):
        return ["partners:catalogue", "partners:check_points"]

    def location(self, item):
        return reverse(item)


class OfferSitemap(Sitemap):
    """Offers that are shown now; one that hides itself goes from the map as well."""

    limit = 5000

    def items(self):
        return Offer.objects.running().order_by("pk").only("pk", "published_on", "confirmed_on")

    def location(self, item):
        return reverse("partners:offer", args=[item.pk])

    def lastmod(self, item):
        return item.confirmed_on or item.published_on


class PartnerSitemap(Sitemap):
    limit = 5000

    def items(self):
        return Partner.objects.with_offers_of_group().order_by("pk").only("code")

    def location(self, item):
        return reverse("partners:partner", args=[item.code])


SITEMAPS = {"catalogue": CatalogueSitemap, "offers": OfferSitemap, "partners": PartnerSitemap}
