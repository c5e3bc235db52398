"""Dashboards, reports, targets and open data."""

from django.urls import path, re_path

from registry.views import figures, public, targets

_FORM = r"(?P<form>xlsx|pdf)"
_REGION = r"(?P<region_code>\d\d)"

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/count/", figures.count_now, name="count_figures"),
    re_path(rf"^figures/file\.{_FORM}$", figures.figures_file, name="figures_file"),
    re_path(rf"^figures/regions/{_REGION}/$", figures.region_figures, name="region_figures"),
    re_path(rf"^figures/regions/{_REGION}/file\.{_FORM}$", figures.figures_file, name="region_figures_file"),
    path("figures/targets/", targets.targets, name="targets"),
    path("figures/targets/<str:region_code>/<int:year>/", targets.region_targets, name="region_targets"),
    path("open-data/", public.open_data, name="open_data"),
    re_path(r"^open-data/register\.(?P<form>csv|json)$", public.open_data_file, name="open_data_file"),
    path("how-to-register/", public.how_to_register, name="how_to_register"),
]
