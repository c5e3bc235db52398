"""Founding assemblies: convoked with a frozen list, attended, closed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.bodies import lock, record, rules_of
from registry.body_lifecycle import BODY
from registry.convocation_lists import MOST_CALLED, freeze, people_called
from registry.enums import LIVE_ASSEMBLIES, AssemblyState, Attendance
from registry.models import Convocation, CraftBody, FoundingAssembly
from registry.quorum import Quorum


@dataclass(frozen=True)
class Invitation:
    """When, where and whom, as a convener enters it."""

    starts_at: datetime
    venue_ar: str
    venue_fr: str
    convoked: str
    proxies_each: int = 0


@transaction.atomic
def convoke_assembly(*, body: CraftBody, invitation: Invitation, by: User) -> FoundingAssembly:
    """Call the people of the branch together: from now on the list stays as it is.

    Raises:
        ActionRefused: one is convoked already (a second click, another person), the list is empty, or too
            many would be called to meet.
    """
    locked = lock(body)
    move = BODY.check("convoke", locked.state)
    called = people_called(locked, invitation.convoked).order_by()[: MOST_CALLED + 1].count()
    if not called:
        raise ActionRefused(_("Nobody on the register fits: there is nobody to call."))
    if called > MOST_CALLED:
        raise ActionRefused(
            _("So many people cannot meet: call the office holders of the bodies one level below.")
        )
    last = locked.assemblies.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            assembly = FoundingAssembly.objects.create(
                body=locked,
                number=last + 1,
                starts_at=invitation.starts_at,
                venue_ar=clean(invitation.venue_ar),
                venue_fr=clean(invitation.venue_fr),
                convoked=invitation.convoked,
                proxies_each=invitation.proxies_each,
                quorum_percent=rules_of(locked).quorum_percent,
                convoked_by=by,
            )
    except IntegrityError as error:
        raise ActionRefused(move.refusal) from error
    assembly.called_count = freeze(assembly)
    assembly.save(update_fields=["called_count"])
    _go(locked, move.to)
    record(locked, "convoked", by, after={"state": move.to, "called": assembly.called_count})
    return assembly


@transaction.atomic
def close_attendance(*, assembly: FoundingAssembly, by: User) -> FoundingAssembly:
    """Say who came: nobody is ticked any more, and the elections are entered.

    Raises:
        ActionRefused: not convoked any more, nobody came, or the quorum that the chamber set is not reached.
    """
    body, locked = lock_assembly(assembly)
    move = BODY.check("hold", body.state)
    _check_state(locked, AssemblyState.CONVOKED)
    quorum = quorum_of(locked)
    if not quorum.attending:
        raise ActionRefused(_("Nobody is ticked as present."))
    if quorum.is_reached is False:
        raise ActionRefused(
            _("The quorum is not reached: %(missing)s more are needed. Close the assembly without effect.")
            % {"missing": quorum.missing}
        )
    locked.attending_count, locked.held_at = quorum.attending, timezone.now()
    locked.state = AssemblyState.HELD
    locked.save(update_fields=["attending_count", "held_at", "state"])
    _go(body, move.to)
    record(body, "held", by, after={"state": move.to, "attending": quorum.attending})
    return locked


@transaction.atomic
def close_without_effect(*, assembly: FoundingAssembly, reason: str, by: User) -> FoundingAssembly:
    """Withdraw a convocation, or end an assembly that founded nothing: the body is planned again.

    Raises:
        ActionRefused: closed already, the body is founded, or no reason is given.
    """
    body, locked = lock_assembly(assembly)
    move = BODY.check("restart", body.state)
    _check_state(locked, *LIVE_ASSEMBLIES)
    why = clean(reason)
    if not why:
        raise ActionRefused(_("Give a reason."))
    before = {"state": body.state}
    locked.attending_count = locked.convocations.attending().count()
    locked.state, locked.closing_reason = AssemblyState.CLOSED, why
    locked.save(update_fields=["attending_count", "state", "closing_reason"])
    _go(body, move.to)
    record(body, "assembly_closed", by, before=before, after={"state": move.to}, reason=why)
    return locked


@transaction.atomic
def note_present(*, convocation: Convocation, by: User) -> Convocation:
    """Tick somebody as present. Ticked twice is ticked once; who was represented now came in person.

    Raises:
        ActionRefused: the attendance is closed.
    """
    locked = _lock_open(convocation)
    if locked.attendance != Attendance.PRESENT:
        locked.attendance, locked.proxy_holder = Attendance.PRESENT, None
        locked.noted_at, locked.noted_by = timezone.now(), by
        _keep(locked, by)
    return locked


@transaction.atomic
def note_represented(*, convocation: Convocation, holder: Convocation, by: User) -> Convocation:
    """Note that somebody present holds another's proxy.

    Raises:
        ActionRefused: nobody may be represented, the holder is not present or holds as many as they may, or
            the person came in person.
    """
    locked = _lock_open(convocation)
    assembly = locked.assembly
    if not assembly.proxies_each:
        raise ActionRefused(_("Nobody may be represented at this assembly."))
    holding = Convocation.objects.select_for_update().get(pk=holder.pk)
    if holding.assembly_id != assembly.pk or holding.attendance != Attendance.PRESENT:
        raise ActionRefused(_("Whoever holds a proxy is present: tick them first."))
    if locked.attendance == Attendance.PRESENT:
        raise ActionRefused(_("This person is present: nobody represents them."))
    if locked.proxy_holder_id == holding.pk:
        return locked
    if holding.represents.count() >= assembly.proxies_each:
        raise ActionRefused(_("This person holds as many proxies as one may."))
    locked.attendance, locked.proxy_holder = Attendance.REPRESENTED, holding
    locked.noted_at, locked.noted_by = timezone.now(), by
    _keep(locked, by)
    return locked


@transaction.atomic
def note_absent(*, convocation: Convocation, by: User) -> Convocation:
    """Take a tick back.

    Raises:
        ActionRefused: the attendance is closed, or the person holds somebody's proxy.
    """
    locked = _lock_open(convocation)
    if locked.represents.exists():
        raise ActionRefused(_("This person holds proxies: take those back first."))
    locked.attendance, locked.proxy_holder = Attendance.ABSENT, None
    locked.noted_at, locked.noted_by = None, None
    _keep(locked, by)
    return locked


def quorum_of(assembly: FoundingAssembly) -> Quorum:
    """The quorum as it stands: counted while people come, as it was kept afterwards."""
    counted = assembly.state == AssemblyState.CONVOKED
    attending = assembly.convocations.attending().count() if counted else assembly.attending_count
    return Quorum(assembly.called_count, attending, assembly.quorum_percent)


def lock_assembly(assembly: FoundingAssembly) -> tuple[CraftBody, FoundingAssembly]:
    """The body, then its assembly, locked."""
    body = lock(assembly.body)
    return body, FoundingAssembly.objects.select_for_update().get(pk=assembly.pk)


def _lock_open(convocation: Convocation) -> Convocation:
    # One tick at a time, and none while somebody closes the attendance.
    assembly = (
        FoundingAssembly.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=convocation.assembly_id)
    )
    _check_state(assembly, AssemblyState.CONVOKED)
    locked = Convocation.objects.select_for_update().get(pk=convocation.pk)
    locked.assembly = assembly
    return locked


def _keep(convocation: Convocation, by: User) -> None:
    """Save a tick; its audit row stands with the assembly, so that the body's history stays readable."""
    convocation.save(update_fields=["attendance", "proxy_holder", "noted_at", "noted_by"])
    audit.record(
        action="registry.attendance.noted",
        by=by,
        subject=convocation.assembly,
        region_code=convocation.assembly.body.region_id or "",
        after={"position": convocation.position, "attendance": convocation.attendance},
    )


def _check_state(assembly: FoundingAssembly, *states: AssemblyState) -> None:
    if assembly.state not in states:
        raise ActionRefused(_("The attendance of this assembly is closed."))


def _go(body: CraftBody, state: str) -> None:
    body.state = state
    body.version += 1
    body.save(update_fields=["state", "version"])
