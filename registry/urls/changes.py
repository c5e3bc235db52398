"""Amendments, transfers, renewals and exits."""

from django.urls import path, re_path

from registry.views.changes import entering, own, queue, request

urlpatterns = [
    path("requests/", queue.queue, name="changes"),
    path("requests/next/", queue.next_change, name="change_next"),
    path("requests/renewals/", queue.renewals, name="renewals"),
    path("requests/renewals/accept/", queue.renewals_accept, name="renewals_accept"),
    path("requests/transfer/", entering.transfer_ask, name="transfer_ask"),
    path("requests/<int:pk>/", request.change, name="change"),
    path("requests/<int:pk>/decision/", request.change_decide, name="change_decide"),
    path("requests/<int:pk>/prepare/", entering.prepare, name="change_prepare"),
    path("requests/<int:pk>/submit/", request.change_submit, name="change_submit"),
    path("requests/<int:pk>/withdraw/", request.change_withdraw, name="change_withdraw"),
    re_path(
        r"^requests/(?P<pk>\d+)/photograph/(?P<which>held|proposed)/$",
        request.change_photograph,
        name="change_photograph",
    ),
    path("requests/<int:pk>/documents/<int:document>/", request.change_document, name="change_document"),
    path("requests/<int:pk>/letter/<slug:language>/", request.letter, name="change_letter"),
    path("<int:pk>/amend/", entering.amend, name="amend"),
    path("<int:pk>/transfer/", entering.transfer, name="transfer"),
    path("<int:pk>/exit/", entering.exit_, name="exit"),
    path("<int:pk>/death/", entering.death, name="death"),
    path("me/correction/", own.correction, name="own_correction"),
    path("me/leave/", own.leave, name="own_leave"),
    path("me/requests/<int:pk>/withdraw/", own.own_withdraw, name="own_change_withdraw"),
    path("me/requests/<int:pk>/letter/<slug:language>/", own.own_letter, name="own_change_letter"),
]
