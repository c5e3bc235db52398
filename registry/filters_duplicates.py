"""The filters of the queue of possible duplicates."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import User
from registry.enums import DuplicateReason, PairState
from registry.models import DuplicatePair


class DuplicateFilterForm(forms.Form):
    """What the queue's address asks for. A value that means nothing filters nothing."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        required=False,
        choices=[("", gettext_lazy("All")), *DuplicateReason.choices],
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[("", gettext_lazy("The likeliest first")), ("oldest", gettext_lazy("The oldest first"))],
    )
    # The queue stays the same one while it is narrowed.
    state = forms.ChoiceField(required=False, choices=PairState, widget=forms.HiddenInput)


class DuplicateFilter:
    """A state of the queue, narrowed by why two entries were put beside each other."""

    def __init__(self, query: QueryDict, *, user: User):
        self.user = user
        self.form = DuplicateFilterForm(query)
        self.form.is_valid()
        self.values = {name: value for name, value in self.form.cleaned_data.items() if value}
        self.state = PairState(self.values.get("state", PairState.OPEN))

    def of_state(self, state: PairState) -> QuerySet:
        return DuplicatePair.objects.visible_to(self.user).filter(state=state)

    def rows(self) -> QuerySet:
        pairs = self.of_state(self.state)
        if reason := self.values.get("reason"):
            pairs = pairs.filter(reasons__contains=[reason])
        return pairs.order_by("id") if self.values.get("order") else pairs.order_by("-score", "id")

    def words(self) -> list[str]:
        said = [str(self.state.label)]
        if reason := self.values.get("reason"):
            said.append(f"{_('Why')}{_(':')} {DuplicateReason(reason).label}")
        return said

    def address(self) -> dict[str, str]:
        return self.values
