"""Card printers and their passports."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards.models import CardPrinter
from cards.printing.rulers import Measured
from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import Region, User

FIELDS = ("name", "right_mm", "down_mm", "scale_x", "scale_y", "back_upside_down", "bleed", "retired")


@transaction.atomic
def save_printer(*, printer: CardPrinter | None, region: Region, values: dict, by: User) -> CardPrinter:
    """Enter a printer or change it.

    Raises:
        ActionRefused: the chamber has a printer of this name.
        ValidationError: a value is out of its bounds.
    """
    locked = (
        CardPrinter.objects.select_for_update().get(pk=printer.pk) if printer else CardPrinter(region=region)
    )
    before = audit.snapshot(locked, FIELDS) if printer else {}
    for field, value in values.items():
        setattr(locked, field, clean(value) if isinstance(value, str) else value)
    locked.clean_fields(exclude=["region", "measured_by"])
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise ActionRefused(_("There is a printer of this name already.")) from error
    _record(locked, before, by)
    return locked


@transaction.atomic
def measure_printer(*, printer: CardPrinter, measured: Measured, by: User) -> CardPrinter:
    """Keep what the test card shows: from now on the printer's files are moved by it.

    Raises:
        ValidationError: the printer is further out than its pages may be moved.
    """
    locked = CardPrinter.objects.select_for_update().get(pk=printer.pk)
    before = audit.snapshot(locked, FIELDS)
    found = measured.adjustment()
    locked.right_mm, locked.down_mm = _exact(found.right_mm, 2), _exact(found.down_mm, 2)
    locked.scale_x, locked.scale_y = _exact(found.scale_x, 4), _exact(found.scale_y, 4)
    locked.measured_at, locked.measured_by = timezone.now(), by
    locked.clean_fields(exclude=["region", "measured_by"])
    locked.save()
    _record(locked, before, by)
    return locked


def _exact(value: float, places: int) -> Decimal:
    return Decimal(f"{value:.{places}f}")


def _record(printer: CardPrinter, before: dict, by: User) -> None:
    after = audit.snapshot(printer, FIELDS)
    changed = [field for field in FIELDS if before.get(field) != after[field]]
    if changed:
        audit.record(
            action="cards.printer.changed" if before else "cards.printer.entered",
            by=by,
            subject=printer,
            region_code=printer.region_id,
            before={field: before[field] for field in changed if before},
            after={field: after[field] for field in changed},
        )
