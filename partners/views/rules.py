"""The rules of partners' offers, shown as what they are: working values of the chambers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.forms.agreements import RulesForm
from partners.history import history_of
from partners.models import PartnershipRules


@requires(Permission.MANAGE_OFFERS)
def rules(request: HttpRequest) -> HttpResponse:
    current = PartnershipRules.current()
    form = RulesForm(request.POST or None, instance=current)
    if request.method == "POST" and form.is_valid():
        actions.change_rules(values=form.cleaned_data, by=request.user)
        messages.success(request, _("The rules are saved. Times already running do not change."))
        return redirect("partners:rules")
    return render(request, "partners/staff/rules.html", {"form": form, "history": history_of(current)})
