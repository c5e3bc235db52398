"""The versions of the list of crafts."""

urlpatterns = []
