"""Suspension, striking off, appeal, reinstatement, and the chamber's rules."""

urlpatterns = []
