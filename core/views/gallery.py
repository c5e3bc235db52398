"""Every component of the page furniture on one page, for those who build pages."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each sort, bound and wrong, to show labels, help and errors."""

    name = forms.CharField(label=_("Name in Arabic"), help_text=_("As on the identity card."))
    phone = forms.CharField(label=_("Mobile telephone"), widget=forms.TextInput(attrs={"dir": "ltr"}))
    born = forms.DateField(label=_("Birth date"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("artisan", _("Artisan")), ("cooperative", _("Cooperative"))],
        widget=forms.RadioSelect,
    )
    region = forms.ChoiceField(label=_("Region"), choices=[("11", "العيون الساقية الحمراء")], required=False)
    picture = forms.FileField(
        label=_("Photograph"), required=False, help_text=_("JPEG or PNG, 10 MB at most.")
    )
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    consent = forms.BooleanField(label=_("The consequences were explained and are accepted."))


class SampleFilter(forms.Form):
    q = forms.CharField(label=_("Name, number or telephone"), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), ("valid", _("Valid"))], required=False
    )


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    if not settings.SHOW_GALLERY:
        raise Http404
    now = timezone.now()
    context = {
        "form": SampleForm({"name": "فاطمة", "phone": "12", "kind": "artisan"}),
        "filter_form": SampleFilter({"q": "زربية", "state": "valid"}),
        "chips": [{"label": _("State: valid"), "url": "?"}, {"label": "العيون", "url": "?"}],
        "page": Paginator(range(1503), 50).get_page(2),
        "kinds": ["success", "info", "warning", "danger", "neutral"],
        "rows": [
            {"label": _("Registration number (NIA)"), "value": "11-000042-7"},
            {"label": _("Craft"), "value": "الزربية الصحراوية"},
            {"label": _("E-mail"), "value": ""},
        ],
        "history": [
            {"title": _("Approved"), "when": now, "by": "سعاد", "text": "", "kind": "success"},
            {
                "title": _("Sent back"),
                "when": now - timedelta(1),
                "by": "سعاد",
                "text": "الصورة",
                "kind": "warning",
            },
            {"title": _("Application entered"), "when": now - timedelta(2), "by": "", "text": "", "kind": ""},
        ],
        "tabs": [
            {"label": _("File"), "url": "#", "active": True, "count": None},
            {"label": _("Cards"), "url": "#", "active": False, "count": 2},
        ],
        "steps": [
            {"label": _("Identity"), "state": "done", "url": "#"},
            {"label": _("Craft"), "state": "current", "url": ""},
            {"label": _("Consent"), "state": "todo", "url": ""},
        ],
        "crumbs": [{"label": _("Home"), "url": "/"}, {"label": _("Register"), "url": "#"}],
        "now": now,
    }
    return render(request, "core/gallery.html", context)
