"""How a chamber's cards look: one kind at a time, with a look at the card while it is being changed."""

from collections.abc import Collection
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cards.actions.designs import change_design
from cards.designs import Look, current_looks, looks
from cards.faces import PictureMissing, stored_picture
from cards.forms_design import PICTURES, DesignForm
from cards.models import DesignVersion
from cards.preview import inline_sides, specimen
from core.exceptions import ActionRefused
from core.models import Chamber
from core.pdf import PdfError
from core.permissions import requires
from core.roles import Permission
from registry.enums import Kind


@requires(Permission.MANAGE_CHAMBER)
@require_safe
def design_list(request: HttpRequest) -> HttpResponse:
    """Each chamber's kinds."""
    chambers = Chamber.objects.visible_to(request.user).select_related("region")
    versions = DesignVersion.objects.visible_to(request.user).with_use()
    context = {"chambers": chambers, "kinds": Kind.choices, "versions": versions}
    return render(request, "cards/designs.html", context)


@requires(Permission.MANAGE_CHAMBER)
def design(request: HttpRequest, region_code: str, kind: str) -> HttpResponse:
    """The settings of one kind; saved as the next version where a batch was made with this one."""
    chamber, form, look = _form(request, region_code, kind)
    if request.method == "POST" and form.is_valid():
        try:
            settled = change_design(
                chamber=chamber,
                kind=kind,
                changes=form.changes(),
                edition=form.cleaned_data["edition"],
                by=request.user,
            )
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                _("The design is saved as version %(number)s; new batches are made with it.")
                % {"number": settled.number},
            )
            return redirect("cards:design", region_code=region_code, kind=kind)
    context = {
        "chamber": chamber,
        "form": form,
        "kind": kind,
        "tabs": [
            {"label": label, "url": reverse("cards:design", args=[region_code, name]), "active": name == kind}
            for name, label in Kind.choices
        ],
        "label": Kind(kind).label,
        **_seen(form, look),
    }
    return render(request, "cards/design.html", context, status=422 if form.errors else 200)


@requires(Permission.MANAGE_CHAMBER)
@require_POST
def preview(request: HttpRequest, region_code: str, kind: str) -> HttpResponse:
    """The card as the form would have it, nothing saved; what is wrong with the form is said beside it."""
    _chamber, form, look = _form(request, region_code, kind)
    form.is_valid()
    return render(request, "cards/_design_preview.html", _seen(form, look))


@requires(Permission.MANAGE_CHAMBER)
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A version as its batches were made with it, every kind."""
    visible = DesignVersion.objects.visible_to(request.user).with_use()
    found = get_object_or_404(visible, pk=pk)
    kinds = [
        {"label": Kind(kind).label, "sides": _drawn(look), "months": look.validity_months}
        for kind, look in looks(found).items()
    ]
    context = {"version": found, "kinds": kinds, "no_problems": [], "batches": found.batches.all()[:20]}
    return render(request, "cards/design_version.html", context)


def _form(request: HttpRequest, region_code: str, kind: str) -> tuple[Chamber, DesignForm, Look]:
    chamber = get_object_or_404(Chamber.objects.visible_to(request.user), region_id=region_code)
    if kind not in Kind.values:
        raise Http404
    look = current_looks(chamber)[kind]
    form = DesignForm(request.POST or None, request.FILES or None, instance=look.design, look=look)
    return chamber, form, look


def _seen(form: DesignForm, look: Look) -> dict:
    """The card as the form has it, as far as it is right, and what is wrong with it."""
    if not form.is_bound:
        return {"sides": _drawn(look), "problems": []}
    sent = {name: form.cleaned_data.get(name) for name in PICTURES if name in form.files}
    sides = _drawn(
        Look(form.as_far_as_valid(), look.chamber),
        pictures={name: upload.read() for name, upload in sent.items() if upload},
        without={f"{name}_file" for name in PICTURES if form.cleaned_data.get(f"no_{name}")},
    )
    return {"sides": sides, "problems": [error for errors in form.errors.values() for error in errors]}


def _drawn(
    look: Look, *, pictures: dict[str, bytes] | None = None, without: Collection[str] = ()
) -> list[str]:
    """Both sides of a specimen; none where a picture of the design is gone, which the page then says."""
    try:
        kept = {
            name: stored_picture("" if file in without else getattr(look, file))
            for name, file in (("logo", "logo_file"), ("signature", "signature_file"))
        }
        drawn = replace(look.card_design(demo=True), **kept | (pictures or {}))
        return inline_sides(specimen(drawn))
    except (PictureMissing, PdfError):
        return []
