"""Dashboards, reports, targets and open data."""

urlpatterns = []
