"""A body's bureau and its members."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions.bodies import rules_of
from registry.actions.mandates import end_mandate, give_post
from registry.actions.memberships import join_body, leave_body
from registry.enums import ACTIVE_STATES, BodyState
from registry.forms.bodies import EndingForm, EndMandateForm, MemberForm, PostForm
from registry.models import BodyMembership, CraftBody, Mandate

PAGE_SIZE = 50


@requires(Permission.VIEW_REGISTER)
def bureau(request: HttpRequest, pk: int) -> HttpResponse:
    """Mandates in force, to come and past; whoever may, gives a post."""
    body = _visible(request, pk)
    can_change = body.is_changeable_by(request.user) and body.state == BodyState.FOUNDED
    form = PostForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST":
        if not can_change:
            raise PermissionDenied
        if form.is_valid():
            try:
                give_post(
                    body=body,
                    registrant=form.cleaned_data["person"],
                    post=form.cleaned_data["post"],
                    starts_on=form.cleaned_data["starts_on"],
                    by=request.user,
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The post is given."))
                return redirect("registry:bureau", pk=pk)
    mandates = body.mandates.with_people().in_order()
    today = timezone.localdate()
    context = {
        "body": body,
        "form": form,
        "rules": rules_of(body),
        "current": mandates.in_force(),
        "coming": mandates.filter(period__startswith__gt=today),
        "past": mandates.past().select_related("end_ground"),
        "active_states": ACTIVE_STATES,
        "can_change": can_change,
    }
    return render(request, "registry/bodies/bureau.html", context)


@requires(Permission.MANAGE_BODIES)
def mandate_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mandate before its time, with a ground."""
    mandate = get_object_or_404(
        Mandate.objects.visible_to(request.user).select_related("body", "registrant"), pk=pk
    )
    if not mandate.body.is_changeable_by(request.user):
        raise PermissionDenied
    form = EndMandateForm(
        request.POST or None, region_id=mandate.body.region_id, initial={"ends_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            end_mandate(mandate=mandate, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The mandate is ended."))
            return redirect("registry:bureau", pk=mandate.body_id)
    return render(request, "registry/bodies/mandate_end.html", {"mandate": mandate, "form": form})


@requires(Permission.VIEW_REGISTER)
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Who belongs to the body now; whoever may, enters somebody."""
    body = _visible(request, pk)
    can_change = body.is_changeable_by(request.user) and body.state == BodyState.FOUNDED
    form = MemberForm(request.POST or None, initial={"joined_on": timezone.localdate()})
    if request.method == "POST":
        if not can_change:
            raise PermissionDenied
        if form.is_valid():
            try:
                join_body(
                    body=body,
                    registrant=form.cleaned_data["person"],
                    joined_on=form.cleaned_data["joined_on"],
                    by=request.user,
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The member is entered."))
                return redirect("registry:body_members", pk=pk)
    people = body.memberships.active().with_people()
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "body": body,
        "form": form,
        "page": page,
        "can_change": can_change,
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
        "one": f"of={pk}",
    }
    return render(request, "registry/bodies/members.html", context)


@requires(Permission.MANAGE_BODIES)
def member_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership with a reason."""
    membership = get_object_or_404(
        BodyMembership.objects.visible_to(request.user).select_related("body", "registrant"), pk=pk
    )
    if not membership.body.is_changeable_by(request.user):
        raise PermissionDenied
    form = EndingForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            leave_body(
                membership=membership,
                left_on=form.cleaned_data["day"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The membership is ended."))
            return redirect("registry:body_members", pk=membership.body_id)
    return render(request, "registry/bodies/member_leave.html", {"membership": membership, "form": form})


def _visible(request: HttpRequest, pk: int) -> CraftBody:
    return get_object_or_404(CraftBody.objects.visible_to(request.user).with_list_columns(), pk=pk)
