"""The register's addresses, by what they are for."""

from registry.urls import bodies, bulk, changes, crafts, duplicates, figures, people_data, register, standing

app_name = "registry"

urlpatterns = [
    *register.urlpatterns,
    *standing.urlpatterns,
    *changes.urlpatterns,
    *duplicates.urlpatterns,
    *bulk.urlpatterns,
    *crafts.urlpatterns,
    *bodies.urlpatterns,
    *figures.urlpatterns,
    *people_data.urlpatterns,
]
