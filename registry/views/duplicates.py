"""Likely duplicates: while typing, in a queue, and side by side."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import ActionRefused
from core.media import serve_protected
from core.permissions import requires
from core.roles import Permission
from registry.actions import (
    compare_again,
    declare_not_same,
    merge_registrants,
    merge_snapshot,
    record_reading,
    undo_merge,
)
from registry.duplicates import Traits, likely_duplicates, shown_matches
from registry.duplicates.comparison import compare_lines, may_see
from registry.enums import PairState
from registry.filters_duplicates import DuplicateFilter
from registry.forms.duplicates import MergeForm, TypedPersonForm
from registry.models import Application, DuplicatePair, Merge, Registrant
from registry.views.sweeps import shown_sweep

PAGE_SIZE = 25


@requires(Permission.REGISTER_ARTISAN)
@require_POST
def typed_duplicates(request: HttpRequest) -> HttpResponse:
    """Who on file may be the person being typed; sent by POST, so that no address holds what was typed."""
    form = TypedPersonForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    own = Application.objects.visible_to(request.user).filter(pk=typed.get("application"))
    matches = likely_duplicates(
        Traits.typed(typed), exclude_id=own.values_list("registrant_id", flat=True).first()
    )
    shown = shown_matches(matches, request.user)
    return render(request, "registry/duplicates/_typed.html", {"duplicates": shown})


@requires(Permission.REVIEW_DUPLICATES)
@require_safe
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Pairs that wait for somebody to compare them, and those that were decided."""
    asked = DuplicateFilter(request.GET, user=request.user)
    page = Paginator(asked.rows().with_both(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": asked.form,
        "tabs": [
            {
                "label": one.label,
                "url": f"?state={one.value}",
                "active": one == asked.state,
                "count": asked.of_state(one).count(),
            }
            for one in PairState
        ],
        "page": page,
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
        "rows": [
            {"pair": pair, "seen": [may_see(pair.first, request.user), may_see(pair.second, request.user)]}
            for pair in page
        ],
        **shown_sweep(request),
    }
    return render(request, "registry/duplicates/list.html", context)


@requires(Permission.REVIEW_DUPLICATES)
def duplicate_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Two entries side by side, and what is to become of them."""
    pair = _pair(request, pk)
    both = {"first": merge_snapshot.snapshot(pair.first), "second": merge_snapshot.snapshot(pair.second)}
    choices = merge_snapshot.differing_choices(both["first"], both["second"])
    if pair.crosses_regions and "workplace" in choices:
        choices.remove("workplace")
    form = MergeForm(request.POST or None, pair=pair, choices=choices)
    may_merge = pair.state == PairState.OPEN and (request.user.sees_all_regions or not pair.crosses_regions)
    if request.method == "POST" and form.is_valid():
        try:
            merge = merge_registrants(pair=pair, order=form.order(), by=request.user)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The two entries are one now. It can be undone on this page."))
            return redirect("registry:detail", pk=merge.kept_id)
    if request.method != "POST":
        for person in (pair.first, pair.second):
            if may_see(person, request.user):
                record_reading(registrant=person, by=request.user)
    photograph = _photograph_line(form, pair)
    context = {
        "pair": pair,
        "form": form,
        "sides": [_side(request, pair, side, form) for side in ("first", "second")],
        "lines": [
            _chosen_line(line, form, pair) | {"row": f"line-{number}"}
            for number, line in enumerate(compare_lines(pair, request.user), start=1)
        ],
        "photograph": photograph,
        "photograph_field": photograph["field"] if may_merge else "",
        "asks_for_cards": pair.first.nia and pair.second.nia and "national_id" in choices,
        "may_merge": may_merge,
        "is_open": pair.state == PairState.OPEN,
        "is_not_same": pair.state == PairState.NOT_SAME,
    }
    return render(request, "registry/duplicates/review.html", context)


@requires(Permission.REVIEW_DUPLICATES)
@require_POST
def duplicate_not_same(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember that the two are different people, and go on with the next pair."""
    pair = _pair(request, pk)
    try:
        declare_not_same(pair=pair, reason=request.POST.get("reason", ""), by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:duplicate_review", pk=pk)
    messages.success(request, _("Remembered: these are two different people."))
    return redirect("registry:duplicates")


@requires(Permission.REVIEW_DUPLICATES)
@require_POST
def duplicate_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that the two are different people."""
    pair = _pair(request, pk)
    try:
        compare_again(pair=pair, reason=request.POST.get("reason", ""), by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("registry:duplicate_review", pk=pk)


@requires(Permission.REVIEW_DUPLICATES)
@require_safe
def duplicate_photograph(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """A photograph to compare: that of somebody in another region too, for it decides who it is."""
    pair = _pair(request, pk)
    person: Registrant = getattr(pair, side)
    if not person.photograph:
        raise Http404
    return serve_protected(person.photograph, content_type="image/jpeg")


@requires(Permission.REVIEW_DUPLICATES)
@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two entries again of one."""
    merge = get_object_or_404(Merge.objects.visible_to(request.user), pk=pk)
    try:
        undo_merge(merge=merge, reason=request.POST.get("reason", ""), by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The merge is undone: there are two entries again, as before."))
    return redirect("registry:detail", pk=merge.kept_id)


def _pair(request: HttpRequest, pk: int) -> DuplicatePair:
    pairs: QuerySet = DuplicatePair.objects.visible_to(request.user).with_both()
    return get_object_or_404(pairs.select_related("decided_by"), pk=pk)


def _side(request: HttpRequest, pair: DuplicatePair, side: str, form: MergeForm) -> dict:
    person: Registrant = getattr(pair, side)
    seen = may_see(person, request.user)
    return {
        "name": side,
        "person": person,
        "is_seen": seen,
        "documents": person.documents.all() if seen else [],
        "has_photograph": bool(person.photograph),
        "is_kept": str(form["kept"].value()) == str(person.pk),
    }


def _chosen_line(line, form: MergeForm, pair: DuplicatePair) -> dict:
    """A line with its two values, each with whether it is the one taken."""
    field = f"take_{line.choice}" if line.choice in form.choices else ""
    return {"line": line, "field": field, "cells": _cells(line.values, field, form, pair)}


def _photograph_line(form: MergeForm, pair: DuplicatePair) -> dict:
    field = "take_photograph" if "photograph" in form.choices else ""
    return {"field": field, "cells": _cells(("", ""), field, form, pair)}


def _cells(values: tuple[str, str], field: str, form: MergeForm, pair: DuplicatePair) -> list[dict]:
    chosen = str(form[field].value()) if field else ""
    return [
        {"value": value, "pk": person.pk, "is_taken": chosen == str(person.pk)}
        for value, person in zip(values, (pair.first, pair.second), strict=True)
    ]
