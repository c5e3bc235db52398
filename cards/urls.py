"""Cards and batches, for staff; and the holder's own card."""

from django.urls import path

app_name = "cards"

urlpatterns = []
