"""Open to whoever has the address: the answer to an invitation, and calendars."""

from django.urls import include, path

from events.views import answers, feeds

invitation = [
    path("i/<str:token>", answers.answer, name="answer"),
    # As a QR holds it.
    path("I/<str:token>", answers.answer),
]
calendar = [path("calendar/<str:token>.ics", feeds.feed, name="feed")]

urlpatterns = [
    path("", include((invitation, "invitation"))),
    path("", include((calendar, "calendar"))),
]
