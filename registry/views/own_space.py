"""The artisan's own space: its home, the file as the register holds it, and messages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.media import serve_protected
from core.own_space import messages_for, tasks_for
from core.panels import OWN_FILE, OWN_SPACE, panels_for
from core.permissions import requires
from core.roles import Permission
from registry.actions import choose_channel, mark_read
from registry.forms.own_space import ChannelForm
from registry.models import ContactPreference, Document, Registrant

MOST_MESSAGES = 60


@requires(Permission.VIEW_OWN_FILE)
def own_space(request: HttpRequest) -> HttpResponse:
    """The artisan's home: what needs me, my card, my meetings, my benefits."""
    registrant = _own(request)
    context = {
        "registrant": registrant,
        "tasks": tasks_for(registrant),
        "panels": panels_for(OWN_SPACE, request, registrant),
    }
    return render(request, "registry/own_space.html", context)


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_file(request: HttpRequest) -> HttpResponse:
    """My file as the register holds it, what the chamber writes to me, my requests, dues and data."""
    registrant = _own(request)
    context = {"registrant": registrant, "panels": panels_for(OWN_FILE, request, registrant)}
    return render(request, "registry/own_file.html", context)


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A scan of one's own file."""
    scanned = get_object_or_404(Document, pk=pk, registrant__user=request.user)
    return serve_protected(scanned.file, content_type=scanned.content_type)


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_messages(request: HttpRequest) -> HttpResponse:
    """What I was told, by whichever app, and how I wish to be told. Opening the page is reading them."""
    registrant = _own(request)
    chosen = ContactPreference.objects.filter(registrant=registrant).values_list("channel", flat=True).first()
    context = {
        "told": messages_for(registrant, MOST_MESSAGES),
        "form": ChannelForm(registrant=registrant, initial={"channel": chosen}),
    }
    response = render(request, "registry/own_messages.html", context)
    mark_read(registrant=registrant)
    return response


@requires(Permission.VIEW_OWN_FILE)
@require_POST
def own_channel(request: HttpRequest) -> HttpResponse:
    """How I wish to be told from now on."""
    registrant = _own(request)
    form = ChannelForm(request.POST, registrant=registrant)
    if not form.is_valid():
        context = {"told": messages_for(registrant, MOST_MESSAGES), "form": form}
        return render(request, "registry/own_messages.html", context, status=422)
    choose_channel(registrant=registrant, channel=form.cleaned_data["channel"], by=request.user)
    messages.success(request, _("Your choice is kept."))
    return redirect("registry:own_messages")


def _own(request: HttpRequest) -> Registrant:
    return get_object_or_404(Registrant.objects.with_list_columns(), user=request.user)
