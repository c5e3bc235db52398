"""A meeting's press release, in Arabic and in French."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.media import serve_made
from core.permissions import requires
from core.roles import Permission
from core.validators import record_key
from events.actions import publish_release, save_release, withdraw_release
from events.forms.after import PressForm
from events.models import Meeting, PressRelease
from events.papers import press_paper
from events.press import compose, release_of


@requires(Permission.MANAGE_MEETINGS)
def press(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The release as it stands, to be edited; `?facts=yes` fills the form with what the facts say now."""
    meeting = _meeting(request, pk, language)
    release = release_of(meeting, language)
    initial = None
    if request.method == "GET" and request.GET.get("facts") == "yes":
        draft = compose(meeting, language)
        initial = {"title": draft.title, "body": draft.body}
    form = PressForm(request.POST or None, instance=release, initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            save_release(
                meeting=meeting,
                language=language,
                title=sent["title"],
                body=sent["body"],
                version=sent["version"],
                by=request.user,
            )
        except ActionRefused as error:
            messages.error(request, str(error))
            theirs = PressRelease.objects.filter(meeting=meeting, language=language).first()
            if theirs and theirs.version != sent["version"]:
                form.data = form.data.copy()
                form.data["version"] = theirs.version
        else:
            messages.success(request, _("The press release is saved."))
            return redirect("events:press", pk=pk, language=language)
    saved = PressRelease.objects.filter(meeting=meeting, language=language).select_related("saved_by").first()
    context = {
        "meeting": meeting,
        "language": language,
        "form": form,
        "saved": saved,
        "theirs": theirs,
        "tabs": _tabs(meeting, language),
    }
    return render(request, "events/press.html", context, status=409 if theirs else 200)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def press_move(request: HttpRequest, pk: int, language: str, move: str) -> HttpResponse:
    """Publish a release on the meeting's public page, or take it back."""
    meeting = _meeting(request, pk, language)
    releases = PressRelease.objects.select_related("meeting")
    release = get_object_or_404(releases, meeting=meeting, language=language)
    action = {"publish": publish_release, "withdraw": withdraw_release}.get(move)
    if action is None:
        raise Http404
    version = record_key(request.POST.get("version"))
    try:
        action(
            release=release,
            version=-1 if version is None else version,
            by=request.user,
        )
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        done = _("The press release is published.") if move == "publish" else _("It is published no more.")
        messages.success(request, done)
    return redirect("events:press", pk=pk, language=language)


@requires(Permission.MANAGE_MEETINGS)
def press_pdf(request: HttpRequest, pk: int, language: str) -> HttpResponseBase:
    """The release on the chamber's paper."""
    meeting = _meeting(request, pk, language)
    return serve_made(
        press_paper(release_of(meeting, language)),
        content_type="application/pdf",
        filename=f"press-{meeting.pk}-{language}.pdf",
    )


def _meeting(request: HttpRequest, pk: int, language: str) -> Meeting:
    if language not in PressRelease.Language.values:
        raise Http404
    meetings = Meeting.objects.visible_to(request.user).for_list().select_related("caravan__programme")
    return get_object_or_404(meetings, pk=pk)


def _tabs(meeting: Meeting, shown: str) -> list[dict]:
    return [
        {
            "label": label,
            "url": reverse("events:press", args=[meeting.pk, code]),
            "active": code == shown,
        }
        for code, label in PressRelease.Language.choices
    ]
