"""Keys of a partner's own tills. A secret is shown once, on the answer itself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.acting import as_agent
from partners.forms.space import KeyForm
from partners.models import ApiKey, PartnerAgent

PAGE_SIZE = 25


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_safe
@as_agent
def key_list(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    keys = ApiKey.objects.of_partner(admin.partner).with_list_columns()
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"admin": admin, "page": page, "now": timezone.now()}
    return render(request, "partners/space/keys.html", context)


@requires(Permission.MANAGE_PARTNER_SPACE)
@as_agent
def key_new(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    form = KeyForm(request.POST or None, partner=admin.partner)
    if request.method == "POST" and form.is_valid():
        try:
            key, text = actions.make_key(partner=admin.partner, by=request.user, **form.cleaned_data)
        except ActionRefused as error:
            form.add_error(None, str(error))
        else:
            return render(request, "partners/space/key_made.html", {"key": key, "text": text})
    return render(request, "partners/space/key_new.html", {"admin": admin, "form": form})


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_POST
@as_agent
def key_revoke(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    key = get_object_or_404(ApiKey.objects.of_partner(admin.partner), pk=pk)
    actions.revoke_key(key=key, by=request.user)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("partner_space:keys")
