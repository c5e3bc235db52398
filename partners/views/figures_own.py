"""A partner's own figures, on a page and as a workbook."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.dates import date_in_words
from core.media import serve_made
from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import XLSX_TYPE
from core.workbooks import workbook
from partners.acting import as_agent
from partners.models import PartnerAgent
from partners.own_figures import own_figures

_USUAL = 12


class MonthsForm(forms.Form):
    months = forms.TypedChoiceField(
        label=gettext_lazy("Period"),
        coerce=int,
        empty_value=_USUAL,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        choices=[
            (3, gettext_lazy("The last 3 months")),
            (12, gettext_lazy("The last 12 months")),
            (24, gettext_lazy("The last 24 months")),
        ],
    )

    def months_asked(self) -> int:
        return self.cleaned_data["months"] if self.is_valid() else _USUAL


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_safe
@as_agent
def figures(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    asked = MonthsForm(request.GET)
    months = asked.months_asked()
    context = {
        "admin": admin,
        "form": MonthsForm(initial={"months": months}),
        "months": months,
        "sections": own_figures(admin.partner, months),
    }
    return render(request, "partners/space/figures.html", context)


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_safe
@as_agent
def figures_file(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    months = MonthsForm(request.GET).months_asked()
    today = timezone.localdate()
    content = workbook(
        own_figures(admin.partner, months),
        title=admin.partner.name,
        notes=[_("As of %(date)s") % {"date": date_in_words(today)}],
    )
    name = f"uses-{admin.partner.code}-{today:%Y-%m-%d}.xlsx"
    return serve_made(content, content_type=XLSX_TYPE, filename=name, inline=False)
