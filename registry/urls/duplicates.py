"""The review of duplicates and merges."""

urlpatterns = []
