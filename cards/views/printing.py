"""A batch at the printer: blanks, good and spoiled cards, checking, boxes, and the closing of the batch."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cards import actions, search
from cards.enums import PRINTABLE_STATES, BatchState, CardState, PrintedBy, PrintOutcome, SpoiledBy
from cards.forms_printing import BlanksForm, CloseForm, CorrectionForm, StepForm
from cards.models import Card, CardBatch, CardPrint
from cards.printing.positions import in_words, to_ranges
from cards.serials import normalise_serial
from cards.views.attempts import attempt
from cards.views.batch_tabs import found_batch, tabs
from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission

PRINTS_SHOWN = 20
RANGES_SHOWN = 12


@requires(Permission.MAKE_CARDS)
@require_safe
def printing(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the batch stands between blanks and boxes, and one field for scanner and keyboard."""
    found = found_batch(request, pk)
    if found.state not in PRINTABLE_STATES:
        return redirect("cards:batch", pk=pk)
    step = request.GET.get("step", PrintOutcome.GOOD)
    return _page(request, found, step=StepForm(batch=found, initial={"step": step, **_spoiled_before(found)}))


@requires(Permission.MAKE_CARDS)
@require_POST
def blanks(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_batch(request, pk)
    form = BlanksForm(request.POST)
    if _entered(request, found, form, actions.count_blanks, _("The blanks are counted in.")):
        return redirect("cards:printing", pk=pk)
    return _page(request, found, blanks=form)


@requires(Permission.MAKE_CARDS)
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of scanned or typed cards that they are good, spoiled, checked or put away."""
    found = found_batch(request, pk)
    form = StepForm(request.POST, batch=found)
    if form.is_valid():
        try:
            positions, how = _meant(form)
            messages.success(request, _take(request, found, form, positions, how))
        except ValidationError as error:
            form.add_error("cards", error)
        except ActionRefused as refusal:
            form.add_error("cards", str(refusal))
            # The page shows the figures anew: whoever sends this once more has seen them.
            found.refresh_from_db(fields=["blanks_in", "good", "spoiled"])
            form.data = form.data.copy()
            form.data["spoiled_before"] = str(found.spoiled)
        else:
            query = QueryDict(mutable=True)
            query["step"] = form.cleaned_data["step"]
            return redirect(f"{reverse('cards:printing', args=[pk])}?{query.urlencode()}")
    return _page(request, found, step=form)


@requires(Permission.MAKE_CARDS)
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A card's last blank was the other way after all."""
    card = get_object_or_404(Card.objects.visible_to(request.user).select_related("batch"), pk=pk)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            lambda: actions.correct_print(card=card, by=request.user, **form.cleaned_data),
            _("Card no. %(number)s is corrected.") % {"number": card.position},
        )
    else:
        messages.error(request, _("Say whether the card is good or spoiled."))
    return redirect("cards:printing", pk=card.batch_id)


@requires(Permission.MAKE_CARDS)
@require_POST
def all_of_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is printed is checked, or everything that is checked lies in its box."""
    found = found_batch(request, pk)
    if request.POST.get("step") == StepForm.BOXED:
        positions = _positions(found, CardState.CHECKED)
        attempt(
            request,
            lambda: actions.box_cards(batch=found, positions=positions, by=request.user),
            _("Every checked card lies in its box."),
        )
    else:
        positions = _positions(found, CardState.PRINTED)
        attempt(
            request,
            lambda: actions.check_cards(batch=found, positions=positions, by=request.user),
            _("Every printed card is checked."),
        )
    return redirect("cards:printing", pk=pk)


@requires(Permission.MAKE_CARDS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_batch(request, pk)
    form = CloseForm(request.POST)
    done = _("The batch is closed: every blank is accounted for.")
    if _entered(request, found, form, actions.close_batch, done):
        return redirect("cards:batch", pk=pk)
    return _page(request, found, close=form)


def _entered(request: HttpRequest, found: CardBatch, form: Form, action: Callable, done: str) -> bool:
    """Do it with the one number that was typed, beside which a refusal is told."""
    if not form.is_valid():
        return False
    try:
        action(batch=found, by=request.user, **form.cleaned_data)
    except ActionRefused as refusal:
        form.add_error(next(iter(form.fields)), str(refusal))
        return False
    messages.success(request, done)
    return True


def _page(request: HttpRequest, found: CardBatch, **forms) -> HttpResponse:
    status = 422 if any(form.errors for form in forms.values()) else 200
    unprinted = _positions(found, CardState.IN_BATCH)
    spoiled = list(found.cards.to_print_again().order_by("position").values_list("position", flat=True))
    printed, checked = _positions(found, CardState.PRINTED), _positions(found, CardState.CHECKED)
    context = {
        "batch": found,
        "tabs": tabs(request, found, "printing"),
        "is_open": found.state == BatchState.MADE,
        "unprinted": _shown(unprinted),
        "spoiled": _shown(spoiled),
        "printed": _shown(printed),
        "checked": _shown(checked),
        "boxed": found.cards.filter(state__in=(CardState.IN_BOX, CardState.HANDED_OVER)).count(),
        "left": found.blanks_in - found.good - found.spoiled,
        "prints": CardPrint.objects.latest_of(found)[:PRINTS_SHOWN],
        "outcomes": PrintOutcome,
        "grounds": SpoiledBy.choices,
        "blanks_form": forms.get("blanks") or BlanksForm(),
        "step_form": forms.get("step")
        or StepForm(batch=found, initial={"step": "good", **_spoiled_before(found)}),
        "close_form": forms.get("close") or CloseForm(),
    }
    return render(request, "cards/printing.html", context, status=status)


def _meant(form: StepForm) -> tuple[list[int], PrintedBy]:
    """Which cards are meant: one that was scanned, or those whose numbers were typed."""
    typed = form.cleaned_data["cards"]
    looks_scanned = normalise_serial(typed) or any(char.isalpha() for char in typed)
    if not looks_scanned:
        return form.positions(), PrintedBy.NUMBER
    card = search.identify(typed).card
    if card is None or card.batch_id != form.batch.pk:
        raise ActionRefused(_("This card is not of this batch."))
    return [card.position], PrintedBy.SCAN


def _take(
    request: HttpRequest, found: CardBatch, form: StepForm, positions: list[int], how: PrintedBy
) -> str:
    step = form.cleaned_data["step"]
    shown = in_words(to_ranges(positions))
    if step == StepForm.CHECKED:
        count = actions.check_cards(batch=found, positions=positions, by=request.user)
        return _moved(count, positions, shown, _("checked"))
    if step == StepForm.BOXED:
        count = actions.box_cards(batch=found, positions=positions, by=request.user)
        return _moved(count, positions, shown, _("in their boxes"))
    again = form.cleaned_data["again"] and step == PrintOutcome.SPOILED
    counted = actions.record_prints(
        batch=found,
        prints=[(position, step) for position in positions],
        how=how,
        by=request.user,
        spoiled_by=form.cleaned_data["spoiled_by"],
        spoiled_before=(form.cleaned_data["spoiled_before"] or 0) if again else None,
    )
    told = _moved(counted.entered, positions, shown, PrintOutcome(step).label)
    if counted.known:
        told += " " + _("Counted before: %(numbers)s.") % {"numbers": in_words(to_ranges(counted.known))}
    return told


def _moved(count: int, positions: list[int], shown: str, word: str) -> str:
    if count == 0 and positions:
        return _("Nothing changed for %(numbers)s.") % {"numbers": shown}
    return ngettext("%(n)s card: %(word)s (%(numbers)s).", "%(n)s cards: %(word)s (%(numbers)s).", count) % {
        "n": count,
        "word": word,
        "numbers": shown,
    }


def _positions(found: CardBatch, state: CardState) -> list[int]:
    return list(found.cards.filter(state=state).order_by("position").values_list("position", flat=True))


def _shown(positions: list[int]) -> dict:
    ranges = to_ranges(positions)
    numbers = in_words(ranges[:RANGES_SHOWN]) + ("…" if len(ranges) > RANGES_SHOWN else "")
    return {"count": len(positions), "numbers": numbers, "first": positions[0] if positions else None}


def _spoiled_before(found: CardBatch) -> dict:
    return {"spoiled_before": found.spoiled}
