"""The counter: somebody is registered, or what was sent back is corrected; kept at every step."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.media import serve_protected
from core.permissions import requires
from core.roles import Permission
from registry.actions import discard_draft, missing_parts, save_draft, submit_draft
from registry.duplicates import shown_matches
from registry.enums import EDITABLE_STATES
from registry.forms import ApplicationForm, take_files, typed_values
from registry.forms.kept import ROWS
from registry.models import Application, ApplicationDraft
from registry.receipt import receipt_pdf
from registry.views.applications import application_or_404

# What a button asks for, beside handing the application in.
_ADD, _REMOVE = "add:", "remove:"


@requires(Permission.REGISTER_ARTISAN)
def apply(request: HttpRequest) -> HttpResponse:
    """Register somebody: the form gets its own address at once, so that a draft has a place to be."""
    if request.user.region_id is None:
        raise Http404
    if request.method == "POST":
        return _counter(request, uuid4())
    return redirect("registry:draft", key=uuid4())


@requires(Permission.REGISTER_ARTISAN)
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """A new application, or a draft that anybody of the region began."""
    known = ApplicationDraft.objects.filter(pk=key).select_related("application").first()
    if request.user.region_id is None or (known and known.region_id != request.user.region_id):
        raise Http404
    if known and known.application_id:
        page = "submitted" if known.closed_at else "application_edit"
        return redirect(f"registry:{page}", pk=known.application_id)
    if known and known.closed_at:
        messages.info(request, _("This draft was discarded."))
        return redirect(f"{reverse('registry:queue')}?state=draft")
    return _counter(request, key, known)


@requires(Permission.REGISTER_ARTISAN)
def application_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with an application that is not handed in, or correct what was sent back."""
    application = application_or_404(request, pk)
    if application.state not in EDITABLE_STATES:
        return redirect("registry:submitted", pk=application.pk)
    known = application.drafts.open().first()
    return _counter(request, known.key if known else uuid4(), known, application)


@require_POST
@requires(Permission.REGISTER_ARTISAN)
def draft_discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw a draft away."""
    known = get_object_or_404(ApplicationDraft.objects.visible_to(request.user), pk=key)
    try:
        discard_draft(draft=known, by=request.user)
        messages.success(request, _("The draft is discarded."))
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('registry:queue')}?state=draft")


@requires(Permission.REGISTER_ARTISAN)
def draft_photograph(request: HttpRequest, key: UUID) -> HttpResponse:
    """The photograph that a draft holds, as the card would carry it."""
    known = get_object_or_404(ApplicationDraft.objects.visible_to(request.user), pk=key)
    kept = get_object_or_404(known.uploads, slot="photograph")
    return serve_protected(kept.file, content_type=kept.content_type)


@requires(Permission.REGISTER_ARTISAN)
def submitted(request: HttpRequest, pk: int) -> HttpResponse:
    """It is handed in: the tracking number, the receipt, and what happens next."""
    application = application_or_404(request, pk)
    if application.submitted_at is None:
        return redirect("registry:application_edit", pk=application.pk)
    return render(request, "registry/submitted.html", {"application": application})


@requires(Permission.REGISTER_ARTISAN)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt on paper, in the reader's language."""
    application = application_or_404(request, pk)
    if application.submitted_at is None:
        raise Http404
    address = request.build_absolute_uri(reverse("tracking:follow", args=[application.tracking_number]))
    pdf = receipt_pdf(
        application,
        tracking_url=address,
        tracking_form=request.build_absolute_uri(reverse("tracking:form")),
        language="ar" if (get_language() or "ar").startswith("ar") else "fr",
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{application.tracking_number}.pdf")
    response["Cache-Control"] = "private, no-store"
    return response


def _counter(
    request: HttpRequest,
    key: UUID,
    known: ApplicationDraft | None = None,
    application: Application | None = None,
) -> HttpResponse:
    if request.method != "POST":
        form = ApplicationForm(user=request.user, draft=known, application=application)
        return _page(request, key, form, known, application)
    step = request.POST.get("step", "save")
    files, refused = take_files(request)
    values = typed_values(request.POST, ApplicationForm.base_fields) if step != "upload" else None
    _change_rows(values, step)
    try:
        known = save_draft(
            key=key,
            values=values,
            files=files,
            version=_number(request.POST.get("version")),
            application=application,
            by=request.user,
        )
    except ActionRefused as error:
        return _not_saved(request, key, application, error)
    if step == "upload":
        return _files(request, known, application, refused)
    if step == "autosave":
        return render(request, "registry/_draft_saved.html", {"draft": known})
    if step == "submit":
        return _submit(request, known, application, refused)
    for error in refused.values():
        messages.error(request, " ".join(error.messages))
    if step == "save":
        messages.success(request, _("The draft is saved."))
    return redirect(_address(known, application) + _place(step))


def _submit(
    request: HttpRequest, known: ApplicationDraft, application: Application | None, refused: dict
) -> HttpResponse:
    form = ApplicationForm(
        request.POST, user=request.user, draft=known, application=application, refused=refused
    )
    if form.is_valid() and not _duplicates_to_review(form):
        try:
            done = submit_draft(draft=known, data=form.data_for_action(), by=request.user)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            return redirect("registry:submitted", pk=done.pk)
    return _page(request, known.key, form, known, application)


def _files(
    request: HttpRequest, known: ApplicationDraft, application: Application | None, refused: dict
) -> HttpResponse:
    """What became of a file that the page sent as soon as it was chosen."""
    form = ApplicationForm(user=request.user, draft=known, application=application)
    field = next(iter([*refused, *(name for name in request.FILES if name in form.fields)]), "photograph")
    context = {"form": form, "field": field, "draft": known, "refused": refused.get(field)}
    return render(request, "registry/_file_saved.html", context)


def _not_saved(
    request: HttpRequest, key: UUID, application: Application | None, error: ActionRefused
) -> HttpResponse:
    """Closed by a first click, or somebody else's by now: a page says so, a fragment too."""
    if request.htmx:
        return render(request, "registry/_draft_saved.html", {"refusal": str(error)})
    known = ApplicationDraft.objects.filter(pk=key).first()
    if known and known.closed_at and known.application_id:
        return redirect("registry:submitted", pk=known.application_id)
    messages.error(request, str(error))
    form = ApplicationForm(request.POST, user=request.user, draft=known, application=application)
    return _page(request, key, form, known, application)


def _page(
    request: HttpRequest,
    key: UUID,
    form: ApplicationForm,
    known: ApplicationDraft | None,
    application: Application | None,
) -> HttpResponse:
    taken = form.same_person
    context = {
        "form": form,
        "key": key,
        "draft": known,
        "application": application,
        "missing": missing_parts(application) if application else [],
        "duplicates": shown_matches(form.matches, request.user),
        "same_person": taken if taken and taken.region_id == request.user.region_id else None,
        "address": reverse("registry:application_edit", args=[application.pk])
        if application
        else reverse("registry:draft", args=[key]),
    }
    return render(request, "registry/application_form.html", context)


def _address(known: ApplicationDraft, application: Application | None) -> str:
    if application:
        return reverse("registry:application_edit", args=[application.pk])
    return reverse("registry:draft", args=[known.key])


def _change_rows(values: dict | None, step: str) -> None:
    """Add an empty row, or take one away, where that is what the button asked for."""
    rows, _sep, index = step.removeprefix(_ADD).removeprefix(_REMOVE).partition("-")
    if values is None or rows not in ROWS:
        return
    if step.startswith(_ADD):
        values[rows].append({})
    elif step.startswith(_REMOVE) and (place := _number(index)) is not None and place < len(values[rows]):
        del values[rows][place]


def _place(step: str) -> str:
    """Where on the page the reader goes on."""
    rows = step.removeprefix(_ADD).removeprefix(_REMOVE).partition("-")[0]
    return f"#{rows}" if rows in ROWS else ""


def _duplicates_to_review(form: ApplicationForm) -> list:
    """Likely duplicates that the registrar has not yet declared different."""
    form.matches = [] if form.cleaned_data["duplicates_reviewed"] else form.duplicates()
    return form.matches


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 9 else None
