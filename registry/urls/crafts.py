"""The versions of the list of crafts."""

from django.urls import path

from registry.views import craft_lists, craft_mapping

urlpatterns = [
    path("crafts/", craft_lists.craft_lists, name="craft_lists"),
    path("crafts/new/", craft_lists.craft_list_new, name="craft_list_new"),
    path("crafts/<int:pk>/", craft_lists.craft_list, name="craft_list"),
    path("crafts/<int:pk>/discard/", craft_lists.craft_list_discard, name="craft_list_discard"),
    path("crafts/<int:pk>/mapping/", craft_mapping.mapping_open, name="craft_mapping_open"),
    path("crafts/changes/<int:pk>/", craft_mapping.craft_change, name="craft_change"),
    path("crafts/changes/<int:pk>/mapping/", craft_mapping.craft_mapping, name="craft_mapping"),
    path("crafts/changes/<int:pk>/undo/", craft_mapping.craft_change_undo, name="craft_change_undo"),
    path("crafts/mapping/<int:pk>/", craft_mapping.craft_mapping_one, name="craft_mapping_one"),
]
