"""A partner's own space: what its agents record, its requests, its offers, its accounts and keys."""

from django.urls import path

from partners.views import (
    administrators,
    agents,
    branches_own,
    figures_own,
    keys,
    offers_own,
    requests,
    space,
    uses,
)

app_name = "partner_space"

urlpatterns = [
    path("", space.home, name="home"),
    path("uses/", uses.use_list, name="uses"),
    path("uses/record/", uses.record, name="use_record"),
    path("uses/redeem/", uses.redeem, name="use_redeem"),
    path("uses/<int:pk>/", uses.use, name="use"),
    path("uses/<int:pk>/undo/", uses.undo, name="use_undo"),
    path("requests/", requests.request_list, name="requests"),
    path("requests/take-out/", requests.take_out, name="requests_take_out"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/take/", requests.take, name="request_take"),
    path("requests/documents/<int:pk>/", requests.document, name="request_document"),
    path("offers/", offers_own.offer_list, name="offers"),
    path("offers/new/", offers_own.offer_new, name="offer_new"),
    path("offers/<int:pk>/", offers_own.offer, name="offer"),
    path("offers/<int:pk>/edit/", offers_own.offer_edit, name="offer_edit"),
    path("offers/<int:pk>/propose/", offers_own.propose, name="offer_propose"),
    path("offers/<int:pk>/reopen/", offers_own.reopen, name="offer_reopen"),
    path("offers/changes/<int:pk>/withdraw/", offers_own.change_withdraw, name="offer_change_withdraw"),
    path("offers/<int:pk>/confirm/", offers_own.confirm, name="offer_confirm"),
    path("offers/<int:pk>/withdraw/", offers_own.withdraw, name="offer_withdraw"),
    path("figures/", figures_own.figures, name="figures"),
    path("figures/file/", figures_own.figures_file, name="figures_file"),
    path("agents/", agents.agent_list, name="agents"),
    path("agents/new/", agents.agent_new, name="agent_new"),
    path("agents/<int:pk>/", agents.agent, name="agent"),
    path("agents/<int:pk>/close/", agents.agent_close, name="agent_close"),
    path("agents/<int:pk>/reopen/", agents.agent_reopen, name="agent_reopen"),
    path("agents/<int:pk>/reset/", agents.agent_reset, name="agent_reset"),
    path("keys/", keys.key_list, name="keys"),
    path("keys/new/", keys.key_new, name="key_new"),
    path("keys/<int:pk>/revoke/", keys.key_revoke, name="key_revoke"),
    path("branches/", branches_own.branch_list, name="branches"),
    path("branches/new/", branches_own.branch_new, name="branch_new"),
    path("branches/<int:pk>/", branches_own.branch_edit, name="branch"),
    path("branches/<int:pk>/close/", branches_own.branch_close, name="branch_close"),
    path("branches/<int:pk>/reopen/", branches_own.branch_reopen, name="branch_reopen"),
    path("activity/", space.activity, name="activity"),
    # Partnership staff's part: who administers a partner's space.
    path("of/<int:pk>/administrators/", administrators.administrators, name="administrators"),
    path("administrators/<int:pk>/reset/", administrators.administrator_reset, name="administrator_reset"),
    path("administrators/<int:pk>/close/", administrators.administrator_close, name="administrator_close"),
]
