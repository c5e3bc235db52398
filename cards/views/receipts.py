"""The receipt of an outside printer: sent, looked through line by line, entered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from cards.actions import enter_receipt, receive_receipt
from cards.enums import PrintOutcome
from cards.forms_printing import ReceiptForm
from cards.models import PrintReceipt
from cards.printing.receipts import fault_words
from cards.views.batch_tabs import found_batch, tabs
from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from core.tables.storing import on_disk

FAULTS_SHOWN = 200


@requires(Permission.MAKE_CARDS)
def receipt_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_batch(request, pk)
    form = ReceiptForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with on_disk(file) as path:
                receipt = receive_receipt(batch=found, path=path, name=file.name, by=request.user)
            return redirect("cards:receipt", pk=receipt.pk)
        except ValidationError as error:
            form.add_error("file", error)
        except ActionRefused as refusal:
            form.add_error("file", str(refusal))
    context = {"batch": found, "tabs": tabs(request, found, "printing"), "form": form}
    return render(request, "cards/receipt_new.html", context, status=422 if form.errors else 200)


@requires(Permission.MAKE_CARDS)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change, and its errors by line; the POST enters it."""
    visible = PrintReceipt.objects.visible_to(request.user).select_related("batch__region", "entered_by")
    found = get_object_or_404(visible, pk=pk)
    if request.method == "POST":
        try:
            counted = enter_receipt(receipt=found, by=request.user)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("cards:receipt", pk=pk)
        entered = ngettext("%(n)s line is entered.", "%(n)s lines are entered.", counted.entered)
        messages.success(request, entered % {"n": counted.entered})
        return redirect("cards:printing", pk=found.batch_id)
    outcomes = [outcome for _line, _position, outcome in found.lines]
    context = {
        "receipt": found,
        "batch": found.batch,
        "tabs": tabs(request, found.batch, "printing"),
        "good": outcomes.count(PrintOutcome.GOOD),
        "spoiled": outcomes.count(PrintOutcome.SPOILED),
        "faults": [
            {"line": fault["line"], "words": fault_words(fault["code"], fault["text"])}
            for fault in found.errors[:FAULTS_SHOWN]
        ],
        "blanks_left": found.batch.blanks_in - found.batch.good - found.batch.spoiled - len(outcomes),
    }
    return render(request, "cards/receipt.html", context)
