"""Papers of agreements, adhesions and offers. Those of offers that are shown are open to all."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.media import serve_protected
from core.models import User
from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.actions.documents import Owner
from partners.forms.documents import DocumentForm
from partners.models import Adhesion, Agreement, Offer, PartnershipDocument
from partners.views import steps


@login_not_required
@require_safe
def of_offer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper of an offer that everybody sees."""
    return _served(get_object_or_404(PartnershipDocument.objects.of_shown_offers(), pk=pk))


@requires(Permission.VIEW_PARTNERSHIPS)
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _served(_document(request.user, pk))


@requires(Permission.MANAGE_ADHESIONS)
def add(request: HttpRequest, owner: str, pk: int) -> HttpResponse:
    """Put a paper with its owner; those of agreements and offers are for whoever manages these."""
    record = _owner(request.user, owner, pk)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.add_document(owner=record, by=request.user, **form.arguments())
        messages.success(request, _("The document is in the file."))
        return redirect(_page_of(record), record.pk)
    context = {"name": str(record), "url": reverse(_page_of(record), args=[record.pk]), "form": form}
    return render(request, "partners/staff/document_add.html", context)


@requires(Permission.MANAGE_ADHESIONS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _document(request.user, pk)
    record = _owner(request.user, found.owner._meta.model_name, found.owner.pk)
    return steps.take(
        request,
        actions.remove_document,
        done=_("The document is removed."),
        then=(_page_of(record), record.pk),
        document=found,
        reason=request.POST.get("reason", "")[:500],
    )


def _document(user: User, pk: int) -> PartnershipDocument:
    return get_object_or_404(PartnershipDocument.objects.visible_to(user).with_owners(), pk=pk)


def _owner(user: User, name: str, pk: int) -> Owner:
    """What a paper is put with, as far as this person keeps it; all else does not exist."""
    if name == "adhesion":
        return get_object_or_404(Adhesion.objects.visible_to(user).with_places(), pk=pk)
    if name not in {"agreement", "offer"} or not user.can(Permission.MANAGE_OFFERS):
        raise Http404
    return get_object_or_404({"agreement": Agreement, "offer": Offer}[name], pk=pk)


def _page_of(owner: Owner) -> str:
    name = owner._meta.model_name
    return "partners:offer_file" if name == "offer" else f"partners:{name}"


def _served(found: PartnershipDocument) -> HttpResponseBase:
    return serve_protected(found.file, content_type=found.content_type)
