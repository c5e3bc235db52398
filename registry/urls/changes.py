"""Amendments, transfers, renewals and exits."""

urlpatterns = []
