"""The filters of what waits: applications, requests about entries or about data, proceedings.

Each is made of the address; a value that means nothing filters nothing. The page and the file that is made of
it both ask here, so that they never differ.
"""

from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import User
from registry.enums import ChangeKind
from registry.models import Application, ChangeRequest, DataRequest, Proceeding


class ApplicationFilter:
    """A state of the queue, and in whose hands."""

    STATES = {
        "submitted": gettext_lazy("To decide"),
        "to_correct": gettext_lazy("To correct"),
        "draft": gettext_lazy("Drafts"),
    }
    HANDS = {
        "all": gettext_lazy("All"),
        "mine": gettext_lazy("Mine"),
        "unassigned": gettext_lazy("Nobody's"),
    }

    def __init__(self, query: QueryDict, *, user: User):
        self.user = user
        self.state = _known(query.get("state"), self.STATES) or "submitted"
        self.hands = _known(query.get("hands"), self.HANDS) or "all"

    @cached_property
    def by_state(self) -> dict[str, QuerySet]:
        visible = Application.objects.visible_to(self.user)
        return {
            "submitted": visible.awaiting_decision(),
            "to_correct": visible.to_correct(),
            "draft": visible.drafts(),
        }

    def rows(self, hands: str = "") -> QuerySet:
        """Of the chosen state, oldest first; in the chosen hands, or in these."""
        rows, hands = self.by_state[self.state], hands or self.hands
        if hands == "mine":
            return rows.assigned_to(self.user)
        return rows.unassigned() if hands == "unassigned" else rows

    def words(self) -> list[str]:
        said = [_said(_("State"), self.STATES[self.state])]
        if self.hands != "all":
            said.append(_said(_("Who has them"), self.HANDS[self.hands]))
        return said

    def address(self) -> dict[str, str]:
        return {"state": self.state, "hands": self.hands}


class ChangeFilter:
    """A kind of request; `waiting` narrows them to what is this reader's to do, or is late."""

    WAITING = {
        "decide": gettext_lazy("Mine to decide"),
        "prepare": gettext_lazy("Asked for by people"),
        "overdue": gettext_lazy("Overdue"),
    }

    def __init__(self, query: QueryDict, *, user: User):
        self.user = user
        self.waiting = _known(query.get("waiting"), self.WAITING)
        self.kind = _known(query.get("kind"), ChangeKind.values)

    def of_all_kinds(self) -> QuerySet:
        visible = ChangeRequest.objects.visible_to(self.user)
        if self.waiting == "decide":
            return visible.to_decide_by(self.user)
        if self.waiting == "prepare":
            return visible.to_prepare_by(self.user)
        return visible.overdue() if self.waiting else visible.open()

    def rows(self) -> QuerySet:
        rows = self.of_all_kinds()
        return rows.filter(kind=self.kind) if self.kind else rows

    def words(self) -> list[str]:
        said = [_said(_("Request"), ChangeKind(self.kind).label)] if self.kind else []
        return [*said, str(self.WAITING[self.waiting])] if self.waiting else said

    def address(self) -> dict[str, str]:
        return {"kind": self.kind, "waiting": self.waiting}


class ProceedingFilter:
    """What a proceeding waits for."""

    STATES = {
        "decide": gettext_lazy("To decide"),
        "appeals": gettext_lazy("Appeals"),
        "reply": gettext_lazy("Waiting for the reply"),
        "closed": gettext_lazy("Decided and closed"),
    }

    def __init__(self, query: QueryDict, *, user: User):
        self.user = user
        self.state = _known(query.get("state"), self.STATES) or "decide"

    @cached_property
    def by_state(self) -> dict[str, QuerySet]:
        today = timezone.localdate()
        visible = Proceeding.objects.visible_to(self.user)
        return {
            "decide": visible.to_decide(today),
            "appeals": visible.appeals(),
            "reply": visible.waiting_for_reply(today),
            "closed": visible.closed(),
        }

    def rows(self) -> QuerySet:
        return self.by_state[self.state]

    def words(self) -> list[str]:
        return [_said(_("State"), self.STATES[self.state])]

    def address(self) -> dict[str, str]:
        return {"state": self.state}


class DataRequestFilter:
    """Requests about personal data that wait, or those that were answered."""

    STATES = {"open": gettext_lazy("To answer"), "closed": gettext_lazy("Answered")}

    def __init__(self, query: QueryDict, *, user: User):
        self.state = _known(query.get("state"), self.STATES) or "open"
        visible = DataRequest.objects.visible_to(user)
        self.by_state = {"open": visible.open(), "closed": visible.closed()}

    def rows(self) -> QuerySet:
        return self.by_state[self.state]

    def words(self) -> list[str]:
        return [_said(_("State"), self.STATES[self.state])]

    def address(self) -> dict[str, str]:
        return {"state": self.state}


def _known(value: str | None, values) -> str:
    return value if value in values else ""


def _said(label: str, value) -> str:
    return f"{label}{_(':')} {value}"
