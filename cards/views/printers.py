"""Card printers: their list, their passports, their test cards."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cards.actions import measure_printer, save_printer
from cards.forms_printing import MeasureForm, PrinterForm
from cards.models import CardPrinter
from cards.printing.geometry import Adjustment
from cards.printing.rulers import ruler_card
from core.exceptions import ActionRefused
from core.media import serve_made
from core.models import Region
from core.permissions import requires
from core.roles import Permission


@requires(Permission.MAKE_CARDS)
@require_safe
def printer_list(request: HttpRequest) -> HttpResponse:
    printers = CardPrinter.objects.visible_to(request.user).select_related("region", "measured_by")
    return render(request, "cards/printers.html", {"printers": printers, "regions": _regions(request)})


@requires(Permission.MAKE_CARDS)
def printer_new(request: HttpRequest) -> HttpResponse:
    """A printer of the reader's region; the national office names the region in the address."""
    region = _regions(request).filter(pk=request.GET.get("region", request.user.region_id)).first()
    if region is None:
        messages.error(request, _("Choose the region of the printer first."))
        return redirect("cards:printers")
    form = PrinterForm(request.POST or None)
    if request.method == "POST" and (saved := _save(request, form, None, region)):
        return redirect("cards:printer", pk=saved.pk)
    context = {"form": form, "region": region, "printer": None}
    return render(request, "cards/printer_form.html", context, status=422 if form.errors else 200)


@requires(Permission.MAKE_CARDS)
def printer(request: HttpRequest, pk: int) -> HttpResponse:
    """A printer's passport: the values in force, and the measures of a test card to find better ones."""
    found = _found(request, pk)
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            measure_printer(printer=found, measured=form.measured(), by=request.user)
        except ValidationError:
            form.add_error(None, _("The printer is too far out: set it up by its own means first."))
        else:
            messages.success(request, _("The passport is kept. Print the second test card to be sure."))
            return redirect("cards:printer", pk=pk)
    context = {"printer": found, "form": form}
    return render(request, "cards/printer.html", context, status=422 if form.errors else 200)


@requires(Permission.MAKE_CARDS)
def printer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = PrinterForm(request.POST or None, instance=found)
    if request.method == "POST" and _save(request, form, found, found.region):
        return redirect("cards:printer", pk=pk)
    context = {"form": form, "region": found.region, "printer": found}
    return render(request, "cards/printer_form.html", context, status=422 if form.errors else 200)


@requires(Permission.MAKE_CARDS)
@require_safe
def printer_test_card(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The test card as the printer does it by itself, or with its passport applied."""
    found = _found(request, pk)
    applied = "applied" in request.GET
    adjustment = found.adjustment if applied else Adjustment(bleed=found.bleed)
    content = ruler_card(name=found.name, adjustment=adjustment)
    return serve_made(content, content_type="application/pdf", filename=f"test-card-{found.pk}.pdf")


def _found(request: HttpRequest, pk: int) -> CardPrinter:
    visible = CardPrinter.objects.visible_to(request.user).select_related("region", "measured_by")
    return get_object_or_404(visible, pk=pk)


def _regions(request: HttpRequest):
    regions = Region.objects.all()
    return regions if request.user.sees_all_regions else regions.filter(pk=request.user.region_id)


def _save(request: HttpRequest, form: PrinterForm, found: CardPrinter | None, region: Region):
    """The printer as it is kept; None where the page says why it was not."""
    if not form.is_valid():
        return None
    try:
        return save_printer(printer=found, region=region, values=form.cleaned_data, by=request.user)
    except ActionRefused as refusal:
        form.add_error("name", str(refusal))
        return None
