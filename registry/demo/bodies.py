"""Two craft bodies for the demo: one founded, one whose assembly is convoked."""

from datetime import datetime, time, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core.images import ReencodedDocument
from core.models import Province, User
from core.pdf import render_pdf
from registry.actions.assemblies import Invitation, close_attendance, convoke_assembly, note_present
from registry.actions.bodies import add_body_document, plan_body
from registry.actions.founding import Facts, enter_candidate, enter_facts, found_body
from registry.convocation_lists import people_called
from registry.enums import BodyDocumentKind, BodyLevel, Convoked, Post
from registry.models import CraftBody, CraftBranch

_STATUTES = (
    '<html lang="ar" dir="rtl"><body style="font-family: Amiri"><h1>نظام أساسي تجريبي</h1>'
    "<p>وثيقة للعرض فقط، لا قيمة لها.</p></body></html>"
)
MOST_TICKED = 15


@transaction.atomic
def add_demo_bodies(*, province: Province, by: User) -> list[CraftBody]:
    """Found a body in the province and convoke the assembly of another, of the branches with most people."""
    branches = CraftBranch.objects.filter(craft_list__is_current=True)
    planned = []
    for branch in branches:
        body = CraftBody(branch=branch, level=BodyLevel.PROVINCIAL, region=province.region, province=province)
        people = people_called(body, Convoked.PERSONS).order_by().count()
        if people >= 3:
            planned.append((people, branch))
    planned.sort(key=lambda pair: (-pair[0], pair[1].code))
    bodies = []
    for place, (_people, branch) in enumerate(planned[:2]):
        body = plan_body(
            level=BodyLevel.PROVINCIAL, branch=branch, region=province.region, province=province, by=by
        )
        CraftBody.objects.filter(pk=body.pk).update(is_demo=True)
        _convoke(body, days=-7 if place == 0 else 14, by=by, found=place == 0)
        bodies.append(body)
    return bodies


def _convoke(body: CraftBody, *, days: int, by: User, found: bool) -> None:
    day = timezone.localdate() + timedelta(days=days)
    assembly = convoke_assembly(
        body=body,
        invitation=Invitation(
            starts_at=timezone.make_aware(datetime.combine(day, time(10))),
            venue_ar="دار الصانع (عرض تجريبي)",
            venue_fr="Maison de l'artisan (démonstration)",
            convoked=Convoked.PERSONS,
        ),
        by=by,
    )
    if not found:
        return
    ticked = list(assembly.convocations.select_related("registrant")[:MOST_TICKED])
    for convocation in ticked:
        note_present(convocation=convocation, by=by)
    close_attendance(assembly=assembly, by=by)
    posts = (Post.PRESIDENT, Post.SECRETARY, Post.TREASURER)
    for votes, (convocation, post) in enumerate(zip(ticked, posts, strict=False)):
        enter_candidate(
            assembly=assembly,
            registrant=convocation.registrant,
            votes=len(ticked) - votes,
            post=post,
            by=by,
        )
    enter_facts(assembly=assembly, facts=Facts(len(ticked), 0, statutes_adopted=True), by=by)
    scan = ReencodedDocument(
        ContentFile(render_pdf(_STATUTES, files={}), name="statutes.pdf"), "application/pdf"
    )
    add_body_document(body=body, kind=BodyDocumentKind.STATUTES, scan=scan, by=by)
    found_body(assembly=assembly, by=by)
