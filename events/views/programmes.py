"""Programmes, their caravans by region, and their names."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from events import actions
from events.actions import ChangedMeanwhile
from events.forms.planning import CaravanForm, NamesForm
from events.models import Caravan, Programme
from events.programmes import programmes_for
from events.views.meanwhile import on_top_of


@requires(Permission.VIEW_MEETINGS)
def programmes(request: HttpRequest) -> HttpResponse:
    """Each programme, and what of its caravans the reader may see."""
    context = {
        "programmes": programmes_for(request.user),
        "can_open": request.user.can(Permission.MANAGE_PROGRAMMES),
        "can_change": request.user.can(Permission.MANAGE_MEETINGS),
        "can_see_figures": request.user.can(Permission.VIEW_FIGURES),
    }
    return render(request, "events/programmes.html", context)


@requires(Permission.MANAGE_PROGRAMMES)
def programme_new(request: HttpRequest) -> HttpResponse:
    """Open a programme."""
    form = NamesForm(request.POST or None)
    return _saved(request, form, actions.save_programme, _("Open a programme"))


@requires(Permission.MANAGE_PROGRAMMES)
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a programme other names."""
    programme = get_object_or_404(Programme, pk=pk)
    form = NamesForm(request.POST or None, initial=_known(programme))
    return _saved(request, form, actions.save_programme, programme.name, programme=programme)


@requires(Permission.MANAGE_MEETINGS)
def caravan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a caravan other names, or put it in another programme."""
    caravan = get_object_or_404(Caravan.objects.visible_to(request.user), pk=pk)
    form = CaravanForm(request.POST or None, initial=_known(caravan) | {"programme": caravan.programme_id})
    return _saved(request, form, actions.change_caravan, caravan.name, caravan=caravan)


def _known(record: Programme | Caravan) -> dict[str, str | int]:
    return {"name_ar": record.name_ar, "name_fr": record.name_fr, "version": record.version}


def _saved(request: HttpRequest, form: NamesForm, action, title: str, **record) -> HttpResponse:
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        try:
            action(**record, **form.cleaned_data, by=request.user)
        except ChangedMeanwhile as refusal:
            messages.error(request, str(refusal))
            (known,) = record.values()
            theirs = on_top_of(form, type(known).objects.get(pk=known.pk), form.fields)
        except ActionRefused as refusal:
            form.add_error("name_ar", str(refusal))
        else:
            messages.success(request, _("It is saved."))
            return redirect("events:programmes")
    return render(request, "events/programme_form.html", {"form": form, "title": title, "theirs": theirs})
