"""Requests for cards: the queue, asking by filter, deciding, and the artisan's own."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cards import actions, candidates
from cards.enums import OPEN_REQUEST_STATES, RequestSource, RequestState
from cards.forms import MOST_TICKED, CandidateFilterForm, keys_ticked
from cards.forms_requests import RefusalForm
from cards.models import CardRequest
from cards.views.attempts import attempt
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission
from registry.models import Registrant

PAGE_SIZE = 50
HISTORY_SIZE = 20


@requires(Permission.VIEW_CARDS)
def request_list(request: HttpRequest) -> HttpResponse:
    """What was asked for, by state; those to decide on first, the oldest on top."""
    visible = CardRequest.objects.visible_to(request.user)
    state = request.GET.get("state", "")
    state = state if state in RequestState.values else RequestState.REQUESTED.value
    counts = dict(visible.order_by().values_list("state").annotate(Count("pk")))
    rows = visible.filter(state=state).for_list()
    rows = rows.order_by("pk") if state in OPEN_REQUEST_STATES else rows.order_by("-pk")
    context = {
        "tabs": [
            {"label": one.label, "url": f"?state={one}", "active": state == one, "count": counts.get(one, 0)}
            for one in RequestState
        ],
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "state": state,
        "can_ask": request.user.can(Permission.REQUEST_CARDS),
        "can_approve_all": state == RequestState.REQUESTED and request.user.can(Permission.APPROVE_CARDS),
        "can_make": request.user.can(Permission.MAKE_CARDS),
    }
    return render(request, "cards/requests.html", context)


@requires(Permission.VIEW_CARDS)
def card_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: who, why, and the decision on it."""
    found = _found(request, pk)
    return _request_page(request, found, RefusalForm(region_id=found.registrant.region_id))


@requires(Permission.APPROVE_CARDS)
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve those ticked, each on its own, so that one refused stops no other."""
    keys = keys_ticked(request.POST, "request")
    visible = CardRequest.objects.visible_to(request.user).awaiting_decision()
    approved = 0
    for one in visible.filter(pk__in=keys).select_related("registrant").order_by("pk"):
        try:
            actions.approve_request(request=one, by=request.user)
            approved += 1
        except ActionRefused as refusal:
            messages.error(request, f"{one.registrant.name} — {refusal}")
    if approved:
        done = ngettext("%(n)s card is approved.", "%(n)s cards are approved.", approved)
        messages.success(request, done % {"n": approved})
    elif not keys:
        messages.warning(request, _("Choose at least one request."))
    return redirect("cards:requests")


@requires(Permission.APPROVE_CARDS)
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = RefusalForm(request.POST, region_id=found.registrant.region_id)
    if not form.is_valid():
        return _request_page(request, found, form, status=422)
    return _done(
        request,
        found,
        lambda: actions.refuse_request(request=found, by=request.user, **form.cleaned_data),
        _("The request is refused."),
    )


@requires(Permission.REQUEST_CARDS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    reason = request.POST.get("reason", "")
    return _done(
        request,
        found,
        lambda: actions.withdraw_request(request=found, reason=reason, by=request.user),
        _("The request is withdrawn."),
    )


@requires(Permission.REQUEST_CARDS)
def request_new(request: HttpRequest) -> HttpResponse:
    """Ask for the cards of everybody found who has none, or of those ticked."""
    filters = CandidateFilterForm(request.GET, user=request.user)
    people = filters.apply(candidates.without_request(request.user))
    if request.method == "POST" and filters.chosen_region:
        chosen = people
        if request.POST.get("who") != "all":
            chosen = people.filter(pk__in=keys_ticked(request.POST, "person"))
        made = actions.request_cards(
            registrant_ids=chosen.values_list("pk", flat=True),
            region_id=filters.chosen_region.pk,
            by=request.user,
        )
        if made:
            done = ngettext("%(n)s card is asked for.", "%(n)s cards are asked for.", made) % {"n": made}
            messages.success(request, done)
            return redirect("cards:requests")
        messages.warning(request, _("Choose at least one person."))
    context = {
        "filters": filters,
        "chips": filters.chips(request.GET),
        "page": Paginator(people.with_list_columns(), MOST_TICKED).get_page(request.GET.get("page")),
    }
    return render(request, "cards/request_new.html", context)


@requires(Permission.REQUEST_CARDS)
@require_POST
def request_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for one person's card, from their file."""
    person = get_object_or_404(Registrant.objects.visible_to(request.user), pk=pk)
    try:
        made = actions.request_card(registrant=person, source=RequestSource.STAFF, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:detail", pk=pk)
    messages.success(request, _("The card is asked for."))
    return redirect("cards:request", pk=made.pk)


@requires(Permission.VIEW_OWN_FILE)
@require_POST
def own_request(request: HttpRequest) -> HttpResponse:
    """The artisan asks for a card, a renewal, or one in place of a card that was stopped."""
    person = get_object_or_404(Registrant, user=request.user)
    attempt(
        request,
        lambda: actions.request_card(registrant=person, source=RequestSource.HOLDER, by=request.user),
        _("Your request is with the chamber."),
    )
    return redirect("registry:own_space")


@requires(Permission.VIEW_OWN_FILE)
@require_POST
def own_withdraw(request: HttpRequest) -> HttpResponse:
    """The artisan takes the request back."""
    own = CardRequest.objects.open().filter(registrant__user=request.user).first()
    if own:
        attempt(
            request,
            lambda: actions.withdraw_request(request=own, reason="", by=request.user),
            _("The request is withdrawn."),
        )
    return redirect("registry:own_space")


def _found(request: HttpRequest, pk: int) -> CardRequest:
    return get_object_or_404(CardRequest.objects.visible_to(request.user).for_list(), pk=pk)


def _done(request: HttpRequest, found: CardRequest, action, success: str) -> HttpResponse:
    attempt(request, action, success)
    return redirect("cards:request", pk=found.pk)


def _request_page(
    request: HttpRequest, found: CardRequest, form: RefusalForm, status: int = 200
) -> HttpResponse:
    context = {
        "found": found,
        "form": form,
        "history": AuditEvent.objects.about(found)[:HISTORY_SIZE],
        "can_decide": found.is_open and request.user.can(Permission.APPROVE_CARDS),
        "to_decide": found.state == RequestState.REQUESTED,
        "can_withdraw": found.is_open and request.user.can(Permission.REQUEST_CARDS),
        "can_see_register": request.user.can(Permission.VIEW_REGISTER),
    }
    return render(request, "cards/request.html", context, status=status)
