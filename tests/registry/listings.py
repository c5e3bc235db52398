"""A record of every list that can be taken out, one more each time, and how its page is narrowed to it."""

from django.utils import timezone

from core.models import Province
from core.roles import ROLE_PERMISSIONS, Permission, Role
from registry.enums import Listing
from registry.exports.lists import LISTS
from registry.models import (
    CraftBody,
    CraftList,
    DataRequest,
    FoundingAssembly,
    Member,
    RegisterRules,
    RetentionRun,
)
from tests.factories.bodies import convoked_assembly, planned_body
from tests.factories.changes import ChangeRequestFactory
from tests.factories.core import UserFactory
from tests.factories.duplicates import make_pair
from tests.factories.proceedings import ProceedingFactory
from tests.factories.registry import (
    ApplicationFactory,
    DraftFactory,
    RegistrantFactory,
)


def next_body():
    """One more: of each branch and province there is one."""
    provinces = Province.objects.filter(region_id="11", communes__isnull=False).order_by("pk").distinct()
    free = provinces.exclude(pk__in=CraftBody.objects.values("province_id").exclude(province_id=None)).first()
    return planned_body(commune=free.communes.first().pk)


def due_person():
    RegisterRules.objects.get_or_create(region_id="11", registration_months=12)
    return RegistrantFactory(valid_until=timezone.localdate())


def gone_craft():
    """Somebody whose craft stayed behind in an older list."""
    older = CraftList.objects.filter(is_current=False).first()
    if older is None:
        older = CraftList.objects.create(code="older", name_ar="لائحة قديمة", name_fr="Ancienne liste")
        branch = older.branches.create(code="X01", name_ar="فرع", name_fr="Branche", class_code="P")
        branch.crafts.create(code="X01-01", name_ar="حرفة", name_fr="Métier")
    return RegistrantFactory(craft=older.branches.get().crafts.get())


def data_request():
    return DataRequest.objects.create(
        registrant=RegistrantFactory(), kind="access", due_on=timezone.localdate()
    )


def retention_entry():
    run = RetentionRun.objects.first()
    run = run or RetentionRun.objects.create(region_id="11", prepared_by=UserFactory(region="11"))
    number = run.entries.count()
    return run.entries.create(
        registrant_number=number, reference=f"T-{number}", reason="draft", since=timezone.localdate()
    )


def next_member():
    first = Member.objects.first()
    if first is None:
        names = {"organisation_name_ar": "تعاونية", "organisation_name_latin": "Coop"}
        return RegistrantFactory(kind="cooperative", **names).members.get()
    return first.cooperative.members.create(
        name_ar="عضو آخر", national_id=f"ZM{2000 + first.cooperative.members.count()}"
    )


def body_member():
    body = CraftBody.objects.first() or planned_body()
    return body.memberships.create(registrant=RegistrantFactory(), joined_on=timezone.localdate())


def next_called():
    assembly = FoundingAssembly.objects.first()
    if assembly is None:
        return convoked_assembly(people=1).convocations.last()
    place = assembly.convocations.count() + 1
    return assembly.convocations.create(registrant=RegistrantFactory(), position=place)


RECORDS = {
    Listing.REGISTRANTS: (RegistrantFactory, "?state=registered"),
    Listing.APPLICATIONS: (ApplicationFactory, "?state=submitted&hands=unassigned"),
    Listing.CHANGES: (ChangeRequestFactory, "?kind=amendment"),
    Listing.PROCEEDINGS: (lambda: ProceedingFactory(age=20), "?state=decide"),
    Listing.BODIES: (next_body, "?level=provincial"),
    Listing.DRAFTS: (DraftFactory, "?state=draft"),
    Listing.RENEWALS: (due_person, "?"),
    Listing.GONE_CRAFTS: (gone_craft, "?"),
    Listing.DUPLICATES: (make_pair, "?state=open&reason=same_name_and_birth"),
    Listing.DATA_REQUESTS: (data_request, "?state=open"),
    Listing.RETENTION: (retention_entry, lambda: f"?of={RetentionRun.objects.get().pk}"),
    Listing.COOPERATIVE: (next_member, lambda: f"?of={Member.objects.first().cooperative_id}"),
    Listing.BODY_MEMBERS: (body_member, lambda: f"?of={CraftBody.objects.get().pk}"),
    Listing.CONVOCATIONS: (
        next_called,
        lambda: f"?of={FoundingAssembly.objects.get().pk}&attendance=absent",
    ),
}


def filters_of(listing) -> str:
    """The address that narrows the list to its records, once there is one."""
    filters = RECORDS[listing][1]
    return filters() if callable(filters) else filters


def reader_of(listing) -> Role:
    """A role of the region, or of the nation, that reads the list's page and takes lists out."""
    wanted = {LISTS[listing].permission, Permission.EXPORT_REGISTER}
    roles = (Role.REGISTRAR, Role.REGIONAL_DIRECTOR, Role.NATIONAL_ADMIN)
    return next(role for role in roles if wanted <= ROLE_PERMISSIONS[role])
