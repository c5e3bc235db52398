"""One request: what it changes side by side, its documents, the decision, the letter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.media import serve_protected
from core.papers import LANGUAGES
from core.permissions import requires
from core.roles import Permission
from registry import lifecycle
from registry.actions import (
    approve_change,
    bars_maker,
    record_document_reading,
    record_reading,
    refuse_change,
    release_transfer,
    submit_exit,
    withdraw_change,
)
from registry.change_letter import LETTER_STATES, change_letter
from registry.change_words import card_shows_old_value, holds_the_file, rows_of, sees_the_person
from registry.enums import ChangeKind, ChangeState
from registry.forms.changes import ChangeDecisionForm
from registry.held_values import field_label
from registry.models import ChangeRequest, Document


def find(request: HttpRequest, pk: int) -> ChangeRequest:
    """The request that this reader may know of, or 404."""
    visible = ChangeRequest.objects.visible_to(request.user).select_related(
        "registrant__commune__province",
        "registrant__region",
        "region",
        "destination",
        "entered_by",
        "submitted_by",
        "decided_by",
        "ground",
    )
    return get_object_or_404(visible, pk=pk)


@requires(Permission.VIEW_REGISTER)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with everything that its decision rests on."""
    found = find(request, pk)
    form = ChangeDecisionForm(request=found) if _decides(request, found) else None
    return _page(request, found, form)


@requires(Permission.DECIDE_APPLICATION)
def change_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or refuse. Who may decide depends on the kind of request."""
    found = find(request, pk)
    if not request.user.can(lifecycle.CHANGE_KINDS[found.kind].decides):
        raise PermissionDenied
    form = ChangeDecisionForm(request.POST or None, request=found)
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(request, found, form.cleaned_data)
        except ActionRefused as refusal:
            # The page again, as things stand by now: what was typed stays in the form.
            messages.error(request, str(refusal))
            found = find(request, pk)
        else:
            return redirect("registry:change", pk=pk)
    return _page(request, found, form if found.is_open else None)


@requires(Permission.REGISTER_ARTISAN)
@require_POST
def change_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """The chamber passes on what was asked: an exit it has looked at, a file it agrees to give."""
    found = find(request, pk)
    if found.kind not in {ChangeKind.TRANSFER, ChangeKind.EXIT} or not holds_the_file(found, request.user):
        raise Http404
    submit = release_transfer if found.kind == ChangeKind.TRANSFER else submit_exit
    try:
        submit(request=found, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The request waits for its decision."))
    return redirect("registry:change", pk=pk)


@requires(Permission.REGISTER_ARTISAN)
@require_POST
def change_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    try:
        withdraw_change(request=found, reason=request.POST.get("reason", ""), by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The request is withdrawn."))
    return redirect("registry:change", pk=pk)


@requires(Permission.VIEW_REGISTER)
def change_photograph(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """The photograph held or the one proposed, for whoever may see the person."""
    found = find(request, pk)
    if not sees_the_person(found, request.user):
        raise Http404
    picture = found.photograph if which == "proposed" else found.registrant.photograph
    return serve_protected(picture, content_type="image/jpeg")


@requires(Permission.SEE_IDENTITY_NUMBERS)
def change_document(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """A scan that came with the request; the other chamber of a transfer cannot open the file's own."""
    found = find(request, pk)
    if not sees_the_person(found, request.user):
        raise Http404
    scanned = get_object_or_404(found.documents.select_related("registrant"), pk=document)
    record_document_reading(document=scanned, by=request.user)
    return serve_protected(scanned.file, content_type=scanned.content_type)


@requires(Permission.VIEW_REGISTER)
def letter(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The letter that tells the person of the decision."""
    return letter_response(find(request, pk), language)


def letter_response(found: ChangeRequest, language: str) -> HttpResponse:
    if found.state not in LETTER_STATES or language not in LANGUAGES:
        raise Http404
    response = HttpResponse(change_letter(found, language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.number}-{language}.pdf"'
    return response


def _page(request: HttpRequest, found: ChangeRequest, form: ChangeDecisionForm | None) -> HttpResponse:
    reader = request.user
    sees = sees_the_person(found, reader)
    if sees:
        record_reading(registrant=found.registrant, by=reader)
    is_asked, can_enter = found.state == ChangeState.ASKED, reader.can(Permission.REGISTER_ARTISAN)
    holds = holds_the_file(found, reader)
    asked_by_other = found.entered_by.region_id == reader.region_id
    context = {
        "change": found,
        "registrant": found.registrant,
        "rows": rows_of(found, reader) if sees else [],
        "documents": found.documents.all() if sees else Document.objects.none(),
        "about": field_label(found.about) if found.about and found.about != "other" else "",
        "sees_person": sees,
        "holds_file": holds,
        "card_is_old": sees and card_shows_old_value(found),
        "form": form,
        "can_prepare": is_asked and can_enter and holds and found.kind == ChangeKind.AMENDMENT,
        "can_submit": is_asked and can_enter and holds and found.kind != ChangeKind.AMENDMENT,
        "can_withdraw": found.is_open
        and can_enter
        and (reader.region_id == found.region_id or asked_by_other),
        "letters": LANGUAGES if found.state in LETTER_STATES else (),
        "barred": form is not None and bars_maker(found, reader),
    }
    return render(request, "registry/changes/change.html", context)


def _decides(request: HttpRequest, found: ChangeRequest) -> bool:
    """Whether the decision is this reader's to take, as far as can be said before taking it."""
    reader = request.user
    return (
        found.is_open
        and reader.can(lifecycle.CHANGE_KINDS[found.kind].decides)
        and (reader.sees_all_regions or reader.region_id == found.deciding_region_id)
    )


def _carry_out(request: HttpRequest, found: ChangeRequest, decision: dict) -> None:
    if decision["decision"] == "approve":
        approve_change(request=found, ground=decision.get("exit_ground"), by=request.user)
        messages.success(request, _("The request is accepted and carried out."))
    else:
        refuse_change(request=found, ground=decision["ground"], reason=decision["reason"], by=request.user)
        messages.success(request, _("The request is refused."))
