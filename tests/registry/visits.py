"""Pages of the register as somebody signed in opens them."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def page(client: Client, name: str, *args, **query) -> HttpResponse:
    return client.get(reverse(f"registry:{name}", args=args), query, headers={"Accept-Language": "fr"})
