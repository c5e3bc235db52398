"""Refusals and their follow-up, and partners' figures; included in the names of `partners.urls`."""

from django.urls import path

from partners.views import refusals

urlpatterns = [
    path("refusals/", refusals.refusal_list, name="refusals"),
    path("refusals/counts/", refusals.refusal_counts, name="refusal_counts"),
    path("refusals/<int:pk>/", refusals.refusal, name="refusal"),
    path("refusals/<int:pk>/take/", refusals.refusal_take, name="refusal_take"),
    path("refusals/<int:pk>/settle/", refusals.refusal_settle, name="refusal_settle"),
]
