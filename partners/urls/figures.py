"""Refusals and their follow-up, and partners' figures; included in the names of `partners.urls`."""

from django.urls import path, re_path

from partners.views import figures, refusals

urlpatterns = [
    path("refusals/", refusals.refusal_list, name="refusals"),
    path("refusals/counts/", refusals.refusal_counts, name="refusal_counts"),
    path("refusals/<int:pk>/", refusals.refusal, name="refusal"),
    path("refusals/<int:pk>/take/", refusals.refusal_take, name="refusal_take"),
    path("refusals/<int:pk>/settle/", refusals.refusal_settle, name="refusal_settle"),
    path("figures/", figures.figures, name="figures"),
    path("figures/reach/", figures.figures_reach, name="figures_reach"),
    path("figures/partners/", figures.figures_partners, name="figures_partners"),
    re_path(r"^figures/partners\.(?P<form>xlsx|pdf)$", figures.figures_file, name="figures_file"),
]
