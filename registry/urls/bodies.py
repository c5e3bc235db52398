"""Craft bodies."""

urlpatterns = []
