"""Staff accounts: a list, an account, and what is done to it.

A password that was given is shown once, on the answer itself.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import accounts
from core.exceptions import ActionRefused
from core.forms import AccountFilterForm, AccountForm
from core.models import AuditEvent, User
from core.permissions import requires
from core.roles import Permission

PAGE_SIZE = 25
HISTORY_SIZE = 20


@requires(Permission.MANAGE_ACCOUNTS)
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    form = AccountFilterForm(request.GET, by=request.user)
    found = form.apply(User.objects.manageable_by(request.user)).select_related("region")
    page = Paginator(found.order_by("username"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "core/accounts.html", {"form": form, "page": page})


@requires(Permission.MANAGE_ACCOUNTS)
def account_new(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = accounts.open_account(
                username=form.cleaned_data["username"], fields=form.values(), by=request.user
            )
        except (ActionRefused, ValidationError) as error:
            form.add_error(None, _words(error))
        else:
            return _password_once(request, user, password)
    context = {"form": form, "account": None, "is_own": False, "history": []}
    return render(request, "core/account.html", context)


@requires(Permission.MANAGE_ACCOUNTS)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Who somebody is, what they may do, and what was done to the account."""
    found = _found(request, pk)
    form = AccountForm(request.POST or None, by=request.user, account=found)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_account(user=found, fields=form.values(), by=request.user)
        except (ActionRefused, ValidationError) as error:
            form.add_error(None, _words(error))
        else:
            messages.success(request, _("The account is saved."))
            return redirect("core:account", pk=pk)
    context = {
        "form": form,
        "account": found,
        "is_own": found.pk == request.user.pk,
        "history": AuditEvent.objects.about(found)[:HISTORY_SIZE],
    }
    return render(request, "core/account.html", context)


@requires(Permission.MANAGE_ACCOUNTS)
@require_POST
def account_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    reason = request.POST.get("reason", "")[:500]
    return _done(
        request,
        pk,
        lambda: accounts.close_account(user=found, reason=reason, by=request.user),
        _("The account is closed."),
    )


@requires(Permission.MANAGE_ACCOUNTS)
@require_POST
def account_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return _done(
        request,
        pk,
        lambda: accounts.reopen_account(user=found, by=request.user),
        _("The account is open again."),
    )


@requires(Permission.MANAGE_ACCOUNTS)
@require_POST
def account_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who lost the password or the telephone."""
    found = _found(request, pk)
    try:
        password = accounts.reset_sign_in(user=found, by=request.user)
    except ActionRefused as error:
        messages.error(request, str(error))
        return redirect("core:account", pk=pk)
    return _password_once(request, found, password)


def _password_once(request: HttpRequest, user: User, password: str) -> HttpResponse:
    return render(request, "core/account_password.html", {"account": user, "password": password})


def _done(request: HttpRequest, pk: int, act: Callable[[], User], words: str) -> HttpResponse:
    try:
        act()
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("core:account", pk=pk)


def _found(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(User.objects.manageable_by(request.user).select_related("region"), pk=pk)


def _words(error: ActionRefused | ValidationError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
