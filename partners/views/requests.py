"""A partner's inbox: holders' requests by state, what is due first on top, each answered on its page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import audit
from core.exceptions import ActionRefused
from core.media import serve_protected
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission
from core.validators import record_key
from partners import actions
from partners.acting import as_agent
from partners.exports import Requests
from partners.forms.requests import AnswerForm, RequestFilterForm
from partners.models import PartnerAgent, Referral, ReferralDocument
from registry.exports.pages import ask_for

PAGE_SIZE = 25
HISTORY_SIZE = 30


@requires(Permission.ANSWER_REFERRALS)
@require_safe
@as_agent
def request_list(request: HttpRequest, agent: PartnerAgent) -> HttpResponse:
    own = Referral.objects.shown_to(agent)
    form = RequestFilterForm(request.GET, agent=agent)
    found = form.apply(own).most_pressing_first().with_list_columns()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "agent": agent,
        "form": form,
        "page": page,
        "tabs": form.tabs(own),
        "query": form.address().urlencode(),
    }
    return render(request, "partners/space/requests.html", context)


@requires(Permission.ANSWER_REFERRALS)
@as_agent
def request_page(request: HttpRequest, agent: PartnerAgent, pk: int) -> HttpResponse:
    """One request: who asks for what, the documents, and the answer."""
    found = _found(agent, pk)
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            _answer(found, form, agent)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is recorded; the holder is told."))
            return redirect("partner_space:request", pk)
    context = {
        "agent": agent,
        "referral": found,
        "form": form,
        "documents": found.documents.select_related("requirement") if found.shows_documents else [],
        "history": AuditEvent.objects.about(found)[:HISTORY_SIZE],
    }
    return render(request, "partners/space/request.html", context)


@requires(Permission.ANSWER_REFERRALS)
@require_POST
@as_agent
def take(request: HttpRequest, agent: PartnerAgent, pk: int) -> HttpResponse:
    """Tell colleagues that one answers it."""
    found = _found(agent, pk)
    version = record_key(request.POST.get("version"))
    try:
        actions.take_referral(referral=found, version=-1 if version is None else version, agent=agent)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The request is in your hands."))
    return redirect("partner_space:request", pk)


@requires(Permission.ANSWER_REFERRALS)
@require_safe
@as_agent
def document(request: HttpRequest, agent: PartnerAgent, pk: int) -> HttpResponseBase:
    """A holder's paper, as long as the request gives a reason to look at it; that it was read is kept."""
    own = ReferralDocument.objects.filter(referral__in=Referral.objects.shown_to(agent))
    found = get_object_or_404(own.select_related("referral"), pk=pk)
    if not found.referral.shows_documents:
        raise Http404
    response = serve_protected(found.file, content_type=found.content_type)
    audit.record(
        action="partners.referral.document_read",
        by=request.user,
        subject=found.referral,
        region_code=found.referral.region_id,
        after={"document": found.title},
    )
    return response


@requires(Permission.ANSWER_REFERRALS)
@as_agent
def take_out(request: HttpRequest, agent: PartnerAgent) -> HttpResponse:
    """The listed requests asked for as a file, which a worker writes."""
    return ask_for(Requests, request)


def _answer(referral: Referral, form: AnswerForm, agent: PartnerAgent) -> None:
    given = form.cleaned_data
    common = {
        "referral": referral,
        "answer": given["answer"],
        "version": given["version"],
        "agent": agent,
    }
    if given["step"] == AnswerForm.ACCEPT:
        actions.accept_referral(**common)
    elif given["step"] == AnswerForm.ASK:
        actions.ask_for_documents(**common)
    else:
        actions.refuse_referral(**common, ground=given["ground"])


def _found(agent: PartnerAgent, pk: int) -> Referral:
    own = Referral.objects.shown_to(agent).with_list_columns()
    wanted = own.select_related("registrant__commune__province", "decided_by", "offer__partner")
    return get_object_or_404(wanted, pk=pk)
