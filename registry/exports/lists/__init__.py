"""The lists of the register that can be taken out as a file, one a module.

A further list is a value of `Listing`, a class here or handed in by its app, and the button on its page.
"""

from django.http import QueryDict

from registry.enums import Listing
from registry.exports.lists.applications import Applications
from registry.exports.lists.base import ExportedList
from registry.exports.lists.bodies import Bodies
from registry.exports.lists.changes import Changes
from registry.exports.lists.convocations import Convocations
from registry.exports.lists.data_requests import DataRequests
from registry.exports.lists.drafts import Drafts
from registry.exports.lists.duplicates import Duplicates
from registry.exports.lists.members import BodyMembers, CooperativeMembers
from registry.exports.lists.people import GoneCrafts, Renewals
from registry.exports.lists.proceedings import Proceedings
from registry.exports.lists.registrants import Registrants
from registry.exports.lists.retention import Retention
from registry.models import ExportJob

__all__ = ["LISTS", "ExportedList", "hand_in", "list_of"]

LISTS: dict[str, type[ExportedList]] = {
    one.listing: one
    for one in (
        Registrants,
        Applications,
        Changes,
        Proceedings,
        Bodies,
        Drafts,
        Renewals,
        GoneCrafts,
        Duplicates,
        DataRequests,
        Retention,
        CooperativeMembers,
        BodyMembers,
        Convocations,
    )
}


def hand_in(exported: type[ExportedList]) -> None:
    """A list of another app's, from its `AppConfig.ready`."""
    LISTS[exported.listing] = exported


def list_of(job: ExportJob) -> ExportedList:
    """The list of which somebody asked for a file, as that person sees it now."""
    return LISTS[Listing(job.listing)](QueryDict(job.query), job.created_by)
