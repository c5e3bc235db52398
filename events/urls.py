"""The calendar, meetings and their desks."""

from django.urls import path

from events.views import calendar, desk, staff

app_name = "events"

urlpatterns = [
    path("", calendar.calendar, name="calendar"),
    path("new/", staff.meeting_new, name="meeting_new"),
    path("<int:pk>/", calendar.meeting, name="meeting"),
    path("<int:pk>/edit/", staff.meeting_edit, name="meeting_edit"),
    path("<int:pk>/desk/", desk.desk, name="desk"),
    path("<int:pk>/desk/scan/", desk.scan, name="scan"),
    path("<int:pk>/desk/frame/", desk.frame, name="frame"),
    path("<int:pk>/desk/hand-over/", desk.hand_over, name="hand_over"),
    path("presence/<int:pk>/undo/", desk.undo_check_in, name="undo_check_in"),
    path("presence/<int:pk>/undo-hand-over/", desk.undo_hand_over, name="undo_hand_over"),
    path("presence/<int:pk>/photograph/", desk.photograph, name="photograph"),
]
