"""The queue of requests about entries, and the files due for renewal."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from core.validators import record_key
from registry.actions import approve_change, enter_renewals
from registry.change_words import sees_the_person
from registry.enums import ChangeKind, ChangeState
from registry.filters_queues import ChangeFilter
from registry.forms.changes import RenewalForm
from registry.models import ChangeRequest, RegisterRules, Registrant

PAGE_SIZE = 25


@requires(Permission.VIEW_REGISTER)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, by kind, oldest first; `waiting` narrows it to what is this reader's to do."""
    asked = ChangeFilter(request.GET, user=request.user)
    kind, narrowed = asked.kind, asked.waiting
    counts = dict(asked.of_all_kinds().order_by().values_list("kind").annotate(Count("pk")))
    suffix = f"&waiting={narrowed}" if narrowed else ""
    tabs = [_tab(_("All"), f"?kind={suffix}", not kind, sum(counts.values()))]
    for one in ChangeKind:
        tabs.append(_tab(one.label, f"?kind={one}{suffix}", kind == one, counts.get(one, 0)))
    page = Paginator(asked.rows().with_list_columns(), PAGE_SIZE).get_page(request.GET.get("page"))
    for change in page:
        change.sees_person = sees_the_person(change, request.user)
    context = {
        "tabs": tabs,
        "page": page,
        "kind": kind,
        "chips": [{"label": asked.WAITING[narrowed], "url": f"?kind={kind}"}] if narrowed else [],
        "narrowings": [
            {"label": label, "url": f"?kind={kind}&waiting={key}"}
            for key, label in asked.WAITING.items()
            if key != narrowed
        ],
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
        "can_enter": request.user.can(Permission.REGISTER_ARTISAN),
        "can_decide": request.user.can(Permission.DECIDE_APPLICATION),
        "can_accept_all": kind == ChangeKind.RENEWAL and request.user.can(Permission.DECIDE_APPLICATION),
    }
    return render(request, "registry/changes/queue.html", context)


@requires(Permission.DECIDE_APPLICATION)
@require_safe
def next_change(request: HttpRequest) -> HttpResponse:
    """The oldest request that is this reader's to decide."""
    visible = ChangeRequest.objects.visible_to(request.user)
    oldest = visible.to_decide_by(request.user).first()
    if oldest is None:
        messages.info(request, _("Nothing is left that you may decide on."))
        return redirect("registry:changes")
    return redirect("registry:change", pk=oldest.pk)


@requires(Permission.REGISTER_ARTISAN)
def renewals(request: HttpRequest) -> HttpResponse:
    """Files whose registration ends soon; several are renewed at once after being checked."""
    rules = list(RegisterRules.objects.visible_to(request.user))
    has_length = any(chamber.registration_months for chamber in rules)
    due = Registrant.objects.due_for_renewal(rules)
    form = RenewalForm(request.POST or None, due=due)
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_renewals(registrants=list(form.cleaned_data["registrants"]), by=request.user)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            count = len(made)
            messages.success(
                request,
                ngettext(
                    "%(count)s renewal waits for its decision.",
                    "%(count)s renewals wait for their decision.",
                    count,
                )
                % {"count": count},
            )
            return redirect("registry:renewals")
    page = Paginator(due.with_list_columns(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "has_length": has_length,
        "today": timezone.localdate(),
        "chosen": set(request.POST.getlist("registrants")),
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
    }
    return render(request, "registry/changes/renewals.html", context)


@requires(Permission.DECIDE_APPLICATION)
def renewals_accept(request: HttpRequest) -> HttpResponse:
    """Several renewals accepted from the queue; each on its own, so that one refused stops no other."""
    if request.method == "POST":
        accepted = 0
        for change in _chosen_renewals(request):
            try:
                approve_change(request=change, by=request.user)
                accepted += 1
            except ActionRefused as refusal:
                messages.error(request, f"{change.registrant.name} — {refusal}")
        if accepted:
            messages.success(
                request,
                ngettext("%(count)s renewal is accepted.", "%(count)s renewals are accepted.", accepted)
                % {"count": accepted},
            )
        elif not request.POST.getlist("renewals"):
            messages.warning(request, _("Choose at least one renewal."))
    return redirect(f"{reverse('registry:changes')}?kind={ChangeKind.RENEWAL}")


def _chosen_renewals(request: HttpRequest) -> QuerySet:
    chosen = [key for text in request.POST.getlist("renewals") if (key := record_key(text))]
    visible = ChangeRequest.objects.to_decide_by(request.user) & ChangeRequest.objects.visible_to(
        request.user
    )
    return (
        visible.filter(pk__in=chosen[:PAGE_SIZE], kind=ChangeKind.RENEWAL, state=ChangeState.SUBMITTED)
        .select_related("registrant")
        .order_by("pk")
    )


def _tab(label: str, url: str, active: bool, count: int) -> dict:
    return {"label": label, "url": url, "active": active, "count": count}
