"""The agenda arranged, its items entered and changed, its papers, and the printed programme."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.media import serve_made, serve_protected
from core.papers import LANGUAGES
from core.permissions import requires
from core.roles import Permission
from events import actions
from events.actions.agenda import AGENDA_FIELDS, AgendaChanged
from events.enums import FINISHED_STATES
from events.forms.agenda import AgendaItemForm, ArrangeForm, AttachmentForm
from events.models import AgendaAttachment, AgendaItem, Meeting
from events.programme_paper import programme_pdf
from events.tabs import meeting_tabs
from events.timetable import timetable_of
from events.views.meanwhile import on_top_of, sent_number


@requires(Permission.MANAGE_MEETINGS)
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The items in order, with the hour at which each begins."""
    meeting = _meeting(request, pk)
    items = list(meeting.agenda.for_list())
    context = {
        "meeting": meeting,
        "tabs": meeting_tabs(meeting, request.user, "agenda"),
        "timetable": timetable_of(meeting, items),
        "last": len(items),
        "can_change": meeting.state not in FINISHED_STATES,
    }
    return render(request, "events/agenda.html", context)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the items in another order: dragged, or one step with the keyboard."""
    meeting = _meeting(request, pk)
    form = ArrangeForm(request.POST, meeting=meeting)
    try:
        if not form.is_valid():
            raise AgendaChanged(_("The agenda has changed. It is shown as it stands; arrange it again."))
        actions.arrange_agenda(
            meeting=meeting, order=form.new_order(), version=form.cleaned_data["version"], by=request.user
        )
    except ActionRefused as error:
        messages.error(request, str(error))
    moved = form.data.get("move", "").partition(":")[2]
    address = reverse("events:agenda", args=[meeting.pk])
    return redirect(f"{address}#item-{moved}" if moved.isdigit() else address)


@requires(Permission.MANAGE_MEETINGS)
def item_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an item; it comes last."""
    meeting = _meeting(request, pk)
    form = AgendaItemForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_agenda_item(meeting=meeting, by=request.user, **form.for_action())
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The item is on the agenda."))
            return redirect("events:agenda", pk=meeting.pk)
    return render(
        request,
        "events/agenda_item_form.html",
        {"meeting": meeting, "form": form, "item": None, "theirs": []},
    )


@requires(Permission.MANAGE_MEETINGS)
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item. Where somebody else did so meanwhile, both versions are shown and nothing is lost."""
    item = _item(request, pk)
    form = AgendaItemForm(request.POST or None, instance=item, meeting=item.meeting)
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        # The form has put what was typed into the instance: the action takes the stored one.
        try:
            actions.change_agenda_item(
                item=item, version=form.cleaned_data["version"] or 0, by=request.user, **form.for_action()
            )
        except AgendaChanged as error:
            messages.error(request, str(error))
            theirs = _stored_words(pk, form)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("events:agenda", pk=item.meeting_id)
    context = {
        "meeting": item.meeting,
        "form": form,
        "item": item,
        "theirs": theirs,
        "attachments": item.attachments.all(),
        "attachment_form": AttachmentForm(),
    }
    return render(request, "events/agenda_item_form.html", context)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = _item(request, pk)
    try:
        actions.remove_agenda_item(item=item, version=sent_number(request, "version"), by=request.user)
        messages.success(request, _("The item is off the agenda."))
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("events:agenda", pk=item.meeting_id)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a paper under an item."""
    item = _item(request, pk)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.attach_to_agenda_item(
                item=item,
                title=form.cleaned_data["title"],
                scanned=form.cleaned_data["file"],
                by=request.user,
            )
            messages.success(request, _("The attachment is there."))
        except ActionRefused as error:
            messages.error(request, str(error))
        return redirect("events:item_edit", pk=item.pk)
    context = {
        "meeting": item.meeting,
        "form": AgendaItemForm(instance=item, meeting=item.meeting),
        "item": item,
        "theirs": [],
        "attachments": item.attachments.all(),
        "attachment_form": form,
    }
    return render(request, "events/agenda_item_form.html", context)


@requires(Permission.VIEW_MEETINGS)
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper of the agenda."""
    shown = _attachment(request, pk)
    return serve_protected(shown.file, content_type=shown.content_type)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def attachment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper away from its item."""
    shown = _attachment(request, pk)
    try:
        actions.remove_attachment(attachment=shown, by=request.user)
        messages.success(request, _("The attachment is removed."))
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("events:item_edit", pk=shown.item_id)


@requires(Permission.VIEW_MEETINGS)
def programme(request: HttpRequest, pk: int, language: str) -> HttpResponseBase:
    """The printed programme, in Arabic or in French."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_page(), pk=pk)
    if language not in LANGUAGES:
        raise Http404
    return serve_made(
        programme_pdf(meeting, language),
        content_type="application/pdf",
        filename=f"programme-{meeting.pk}-{language}.pdf",
    )


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), pk=pk)


def _item(request: HttpRequest, pk: int) -> AgendaItem:
    visible = Meeting.objects.visible_to(request.user)
    return get_object_or_404(AgendaItem.objects.select_related("meeting__region"), pk=pk, meeting__in=visible)


def _attachment(request: HttpRequest, pk: int) -> AgendaAttachment:
    visible = Meeting.objects.visible_to(request.user)
    return get_object_or_404(
        AgendaAttachment.objects.select_related("item__meeting"), pk=pk, item__meeting__in=visible
    )


def _stored_words(pk: int, form: AgendaItemForm) -> list[dict]:
    """What stands now where it differs from what was typed; the form may then be sent on purpose."""
    stored = AgendaItem.objects.filter(pk=pk).first()
    if stored is None:
        return [{"label": _("Agenda"), "value": _("The item was taken off meanwhile.")}]
    return on_top_of(form, stored, (*AGENDA_FIELDS, "speakers", "service_domains"))
