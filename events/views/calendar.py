"""The calendar by month and as a list, and one meeting's page."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.permissions import requires
from core.roles import Permission
from events import calendar as months
from events.duties import may_work_at
from events.enums import FINISHED_STATES, PUBLIC_STATES, Answer, MeetingState, MinutesState
from events.filters import LIST_VIEW, CalendarFilterForm
from events.models import Meeting, Minutes
from events.tabs import meeting_tabs
from events.views.planning import moves_for

PAGE_SIZE = 25
_TO_PREPARE = (
    MeetingState.DRAFT,
    MeetingState.SCHEDULED,
    MeetingState.ANNOUNCED,
    MeetingState.POSTPONED,
)


@requires(Permission.VIEW_MEETINGS)
def calendar(request: HttpRequest) -> HttpResponse:
    """Every meeting of the reader's region, or of all; view, month and region are in the address."""
    form = CalendarFilterForm(request.GET, user=request.user)
    meetings = form.apply(Meeting.objects.visible_to(request.user)).for_list()
    context = {
        "form": form,
        "is_list": form.is_list,
        "is_national": request.user.sees_all_regions,
        "can_schedule": request.user.can(Permission.MANAGE_MEETINGS),
        "tabs": [
            {"label": _("Month"), "url": form.address(view=""), "active": not form.is_list},
            {"label": _("List"), "url": form.address(view=LIST_VIEW), "active": form.is_list},
        ],
        "chips": form.chips(),
        "clear_url": form.address(region=""),
    }
    if form.is_list:
        page = Paginator(meetings.order_by("-starts_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"page": page, "count": page.paginator.count}
    else:
        context |= _month(form, meetings)
    return render(request, "events/calendar.html", context)


@requires(Permission.VIEW_MEETINGS)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one meeting on one page that prints."""
    shown = get_object_or_404(Meeting.objects.visible_to(request.user).for_page(), pk=pk)
    present = shown.check_ins.present()
    return render(
        request,
        "events/meeting.html",
        {
            "meeting": shown,
            "tabs": meeting_tabs(shown, request.user, "meeting"),
            "named": shown.invitations.standing().named().with_people(),
            "present": present.count(),
            "cards_given": shown.check_ins.standing().with_card_given().count(),
            "can_make_cards": request.user.can(Permission.MAKE_CARDS),
            "can_check_in": shown.is_open_for_check_in
            and may_work_at(request.user, shown, Permission.CHECK_IN),
            **_ahead(shown),
            "moves": moves_for(shown) if request.user.can(Permission.MANAGE_MEETINGS) else [],
            **_ways(request, shown),
            "can_change": request.user.can(Permission.MANAGE_MEETINGS) and shown.state not in FINISHED_STATES,
        },
    )


def _ahead(shown: Meeting) -> dict:
    """Before its day a meeting is prepared: answers count then, and afterwards who came."""
    day = timezone.localdate(shown.starts_at)
    if day <= timezone.localdate() or shown.state not in _TO_PREPARE:
        return {"is_ahead": False}
    counts = shown.invitations.standing().answers()
    coming = counts.get(Answer.COMING, 0) + counts.get(Answer.DELEGATE, 0)
    return {"is_ahead": True, "answers": {"invited": sum(counts.values()), "coming": coming}}


def _ways(request: HttpRequest, shown: Meeting) -> dict:
    """What of the day and of what follows this reader may open."""
    return {
        "can_manage": request.user.can(Permission.MANAGE_MEETINGS),
        "can_see_figures": request.user.can(Permission.VIEW_FIGURES),
        "minutes_approved": Minutes.objects.filter(meeting=shown, state=MinutesState.APPROVED).exists(),
        "is_public": shown.state in PUBLIC_STATES,
    }


def _month(form: CalendarFilterForm, meetings: QuerySet) -> dict:
    first_day = months.first_day_of(form.cleaned_data.get("month")) or timezone.localdate().replace(day=1)
    shown = list(meetings.in_month(first_day))
    context = {
        "title": months.month_title(first_day),
        "weekdays": months.weekday_names(get_language()),
        "weeks": months.month_weeks(first_day, shown),
        "previous": _step(form, months.previous_month(first_day)),
        "next": _step(form, months.next_month(first_day)),
        "today_url": form.address(month=""),
        "is_this_month": first_day == timezone.localdate().replace(day=1),
        "is_empty": not shown,
    }
    if not shown:
        nearest = meetings.nearest_after(first_day) or meetings.latest_before(first_day)
        context["nearest"] = nearest
        if nearest:
            day = timezone.localdate(nearest.starts_at)
            context["nearest_is_later"] = day > first_day
            context["nearest_url"] = form.address(month=months.month_code(day))
    return context


def _step(form: CalendarFilterForm, first_day) -> dict:
    return {"label": months.month_title(first_day), "url": form.address(month=months.month_code(first_day))}
