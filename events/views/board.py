"""The director's board: one page that renews itself while people come in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.permissions import requires
from core.roles import Permission
from events.board import board_of
from events.models import Meeting


@requires(Permission.MANAGE_MEETINGS)
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page, or its numbers alone where the page asks for them again."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), pk=pk)
    context = {"meeting": meeting, "board": board_of(meeting), "questions": meeting.questions.open().count()}
    return render(request, "events/_board.html" if request.htmx else "events/board.html", context)
