"""The register's pages that are not opened every day: found from home, each by whoever may open it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.roles import Permission as P


@dataclass(frozen=True)
class Tool:
    """One page: its words, its address by name, who may open it, its icon."""

    label: str | Promise
    url_name: str
    permission: P
    icon: str


TOOLS = (
    Tool(_("Figures and targets"), "registry:figures", P.VIEW_FIGURES, "chart-bar"),
    Tool(_("Possible duplicates"), "registry:duplicates", P.REVIEW_DUPLICATES, "document-duplicate"),
    Tool(_("Suspensions and striking off"), "registry:proceedings", P.VIEW_REGISTER, "scale"),
    Tool(_("Amendments, transfers, exits"), "registry:changes", P.VIEW_REGISTER, "arrows-right-left"),
    Tool(_("Craft bodies"), "registry:bodies", P.VIEW_REGISTER, "user-group"),
    Tool(_("Lists of crafts"), "registry:craft_lists", P.MANAGE_CRAFTS, "list-bullet"),
    Tool(_("Requests about personal data"), "registry:data_requests", P.ANSWER_DATA_REQUESTS, "shield-check"),
    Tool(_("Lists brought in"), "registry:imports", P.IMPORT_REGISTER, "arrow-up-tray"),
    Tool(_("Photographs in bulk"), "registry:photographs", P.IMPORT_REGISTER, "photo"),
    Tool(_("Lists taken out"), "registry:exports", P.EXPORT_REGISTER, "arrow-down-tray"),
    Tool(_("End of retention"), "registry:retention", P.ERASE_DATA, "archive-box"),
)
