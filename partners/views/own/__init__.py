"""The artisan's own benefits. Every view finds records among the reader's own alone: another's are 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from registry.models import Registrant


def own_registrant(request: HttpRequest) -> Registrant:
    return get_object_or_404(Registrant.objects.select_related("region", "commune"), user=request.user)
