"""The page on which any list is asked for as a file; each app's views say who may open theirs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from registry.actions.exports import ask_export
from registry.enums import ExportFormat
from registry.exports.lists import ExportedList
from registry.forms.exports import ExportForm


def ask_for(wanted: type[ExportedList], request: HttpRequest) -> HttpResponse:
    """What a list is taken out as; what is on it stands in the address, as the list's page had it."""
    query = QueryDict(request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode())
    asked = wanted(query, request.user)
    if not request.user.can(asked.permission):
        raise PermissionDenied
    if not asked.is_offered:
        raise Http404
    if asked.is_lost:
        messages.info(request, _("This search is no longer kept: search again."))
        return redirect(asked.page)
    count = asked.count()
    form = ExportForm(
        request.POST or None,
        asked=asked,
        count=count.number if count.is_exact else max(count.estimate, count.number),
        initial={"query": query.urlencode(), "columns": asked.usual_columns()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            ask_export(
                asked=asked,
                columns=form.cleaned_data["columns"],
                format=ExportFormat(form.cleaned_data["format"]),
                language=get_language() or "ar",
                by=request.user,
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The list is being written. You may close this page meanwhile."))
            return redirect("registry:exports")
    context = {
        "form": form,
        "title": asked.listing.label,
        "count": count,
        "words": asked.words(),
        "query": query.urlencode(),
        "back_url": f"{asked.page}?{query.urlencode()}",
    }
    return render(request, "registry/exports/new.html", context, status=422 if form.errors else 200)
