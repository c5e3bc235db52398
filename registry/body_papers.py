"""What is printed of a founding assembly: the convocation, the list to sign, the minutes."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.models import Chamber
from core.papers import render_paper
from registry.actions.assemblies import quorum_of
from registry.enums import AssemblyState
from registry.models import Convocation, CraftBody, FoundingAssembly

# A longer list would keep a web process busy for minutes: it is taken away as a table.
MOST_PRINTED = 600


def convocation_paper(assembly: FoundingAssembly, *, language: str) -> bytes:
    """The call to the assembly, for the notice board and for whoever is handed one."""
    return _paper("registry/pdf/body_convocation.html", assembly, language, {})


def list_paper(assembly: FoundingAssembly, *, language: str) -> bytes:
    """The convocation list with a place to sign."""
    people = assembly.convocations.select_related("registrant__commune")[:MOST_PRINTED]
    return _paper("registry/pdf/body_list.html", assembly, language, {"people": people}, signed=False)


def minutes_paper(assembly: FoundingAssembly, *, language: str) -> bytes:
    """The minutes of an assembly that was held: attendance, vote, those elected."""
    candidates = list(assembly.candidacies.select_related("registrant"))
    context = {"candidates": candidates, "elected": [one for one in candidates if one.post]}
    return _paper("registry/pdf/body_minutes.html", assembly, language, context)


def list_rows(assembly: FoundingAssembly) -> Iterator[list[str]]:
    """The whole list as rows of a table, read in portions."""
    yield [
        _("Place on the list"),
        _("Registration number (NIA)"),
        _("Name in Arabic"),
        _("Name in Latin letters"),
        _("Commune"),
    ]
    people: Iterable[Convocation] = assembly.convocations.select_related("registrant__commune")
    for one in people.iterator(chunk_size=2000):
        person = one.registrant
        yield [str(one.position), person.nia, person.name_ar, person.name_latin, person.commune.name]


def _paper(
    template: str, assembly: FoundingAssembly, language: str, context: dict, *, signed: bool = True
) -> bytes:
    body = assembly.body
    with override(language):
        facts = {
            "assembly": assembly,
            "body": body,
            "territory": body.territory,
            "quorum": quorum_of(assembly),
            "is_held": assembly.state == AssemblyState.HELD,
        }
    return render_paper(
        template,
        chamber=_chamber(body),
        dated=_day(assembly),
        language=language,
        reference=f"{body.pk}/{assembly.number}",
        signed=signed,
        context=facts | context,
    )


def _day(assembly: FoundingAssembly) -> date:
    moment = assembly.held_at or assembly.convoked_at
    return timezone.localtime(moment).date()


def _chamber(body: CraftBody) -> Chamber:
    """The region's chamber; a national body has none, its paper names the administration alone."""
    if body.region_id:
        return Chamber.objects.get(region_id=body.region_id)
    return Chamber(
        name_ar="الإدارة المركزية للصناعة التقليدية", name_fr="Administration centrale de l'artisanat"
    )
