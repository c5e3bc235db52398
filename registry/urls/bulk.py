"""Imports, exports and photographs in bulk."""

urlpatterns = []
