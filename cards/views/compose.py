"""Composing a batch: who, in which order, under which name."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cards import candidates
from cards.actions import create_batch
from cards.enums import BatchState
from cards.forms import MOST_TICKED, CandidateFilterForm, ComposeForm
from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission

LEFT_OUT_SHOWN = 20


@requires(Permission.MAKE_CARDS)
def batch_new(request: HttpRequest) -> HttpResponse:
    """Choose by filter, then all found or some of them; those without a photograph are named."""
    filters = CandidateFilterForm(request.GET, user=request.user)
    ready = filters.apply(candidates.ready(request.user))
    given = filters.chosen_list
    form = ComposeForm(request.POST or None, given=given)
    if request.method == "POST" and form.is_valid():
        batch = _create(request, filters, ready, form)
        if batch:
            if batch.state == BatchState.HELD:
                messages.warning(
                    request, _("The batch is composed. Some texts do not fit: look at them first.")
                )
            elif batch.state == BatchState.COMPOSING:
                messages.success(request, _("The batch is being composed; its cards are made after that."))
            else:
                messages.success(request, _("The batch is composed; its cards are being made."))
            return redirect("cards:batch", pk=batch.pk)
    left_out = filters.apply(candidates.left_out(request.user))
    context = {
        "filters": filters,
        "chips": filters.chips(request.GET),
        "page": Paginator(ready.with_list_columns(), MOST_TICKED).get_page(request.GET.get("page")),
        "ticked": form.ticked() if form.is_bound else [],
        "left_out": left_out[:LEFT_OUT_SHOWN],
        "left_out_count": left_out.count(),
        "form": form,
        "given": given,
        "served_count": len(given.people) - ready.count() - left_out.count() if given else 0,
        "most": settings.CARDS_PER_BATCH_MOST,
    }
    return render(request, "cards/batch_new.html", context, status=422 if form.errors else 200)


def _create(request: HttpRequest, filters: CandidateFilterForm, ready, form: ComposeForm):
    """The new batch; None where it was refused, and the page says why."""
    if filters.chosen_region is None:
        form.add_error(None, _("Choose the region first: a batch is of one region."))
        return None
    if form.cleaned_data["who"] == ComposeForm.TICKED:
        ready = ready.filter(pk__in=form.ticked())
    # One more than a batch holds, so that too many are refused instead of cut off.
    people = list(ready.only("pk")[: settings.CARDS_PER_BATCH_MOST + 1])
    if filters.chosen_list:
        place = {pk: number for number, pk in enumerate(filters.chosen_list.people)}
        people.sort(key=lambda person: place[person.pk])
    try:
        return create_batch(
            registrants=people,
            region=filters.chosen_region,
            name=form.cleaned_data["name"],
            order=form.cleaned_data["order"],
            cards_per_box=form.cleaned_data["cards_per_box"],
            by=request.user,
        )
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return None
