"""Searching without a trace in the address, and lists that people come back to."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.arabic import clean
from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions import keep_search_text, remove_filter, save_filter
from registry.filters import CURSORS, TOKEN, RegisterFilterForm
from registry.models import Registrant, SavedFilter
from registry.search.numbers import numbers_in


@require_POST
@requires(Permission.VIEW_REGISTER)
def search(request: HttpRequest) -> HttpResponse:
    """Take what was typed and lead to the list, whose address names it by a token.

    A number that one person alone has leads to the person's file.
    """
    text = clean(request.POST.get("q", ""))[:100]
    if (numbers := numbers_in(text)) and (person := _only_one(request, numbers)):
        return redirect("registry:detail", pk=person.pk)
    kept = keep_search_text(text=text, by=request.user) if text else None
    form = RegisterFilterForm(request.POST, user=request.user, search_text=kept)
    return _to_list(form.address())


def _only_one(request: HttpRequest, numbers) -> Registrant | None:
    people = Registrant.objects.visible_to(request.user).with_number(numbers)[:2]
    return people[0] if len(people) == 1 else None


def _to_list(address: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(
        f"{reverse('registry:list')}?{address}" if address else reverse("registry:list")
    )


class SaveFilterForm(forms.Form):
    """The name of a list; what it shows comes along as the address had it."""

    name = forms.CharField(label=gettext_lazy("Name of the list"), max_length=60)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


@requires(Permission.VIEW_REGISTER)
def saved_filters(request: HttpRequest) -> HttpResponse:
    """One's own lists: opened by a link, saved under a name."""
    form = SaveFilterForm(request.POST or None, initial={"query": request.GET.urlencode()})
    if request.method == "POST" and form.is_valid():
        query = QueryDict(form.cleaned_data["query"])
        asked = RegisterFilterForm(query, user=request.user)
        kept = {name: query.getlist(name) for name in query if name not in (TOKEN, *CURSORS)}
        try:
            saved = save_filter(
                name=clean(form.cleaned_data["name"]),
                query={name: values for name, values in kept.items() if name in asked.fields},
                search_text=asked.search_text,
                by=request.user,
            )
        except ActionRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The list “%(name)s” is saved.") % {"name": saved.name})
            return _to_list(address_of(saved))
    lists = [
        {"saved": saved, "address": address_of(saved)}
        for saved in request.user.saved_filters.select_related("search_text")
    ]
    return render(request, "registry/saved_filters.html", {"form": form, "lists": lists})


@require_POST
@requires(Permission.VIEW_REGISTER)
def saved_filter_remove(request: HttpRequest) -> HttpResponse:
    """Which one comes with the form: the address is the same for everybody."""
    key = request.POST.get("saved", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return redirect("registry:saved_filters")
    saved = get_object_or_404(request.user.saved_filters, pk=int(key))
    remove_filter(saved_filter=saved, by=request.user)
    messages.success(request, _("The list “%(name)s” is removed.") % {"name": saved.name})
    return redirect("registry:saved_filters")


def address_of(saved: SavedFilter) -> str:
    query = QueryDict(mutable=True)
    for name, values in saved.query.items():
        query.setlist(name, values)
    if saved.search_text:
        query[TOKEN] = saved.search_text.token
    return query.urlencode()
