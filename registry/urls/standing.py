"""Suspension, striking off, appeal, reinstatement, letters, and the chamber's rules."""

from django.urls import path, re_path

from registry.views import letters, rules, standing

_KIND = r"(?P<kind>suspension|striking_off)"
_LANGUAGE = r"(?P<language>ar|fr)"

urlpatterns = [
    path("proceedings/", standing.proceeding_list, name="proceedings"),
    path("proceedings/<int:pk>/", standing.proceeding, name="proceeding"),
    path("proceedings/<int:pk>/reply/", standing.reply, name="proceeding_reply"),
    path("proceedings/<int:pk>/decision/", standing.decision, name="proceeding_decision"),
    path("proceedings/<int:pk>/appeal/", standing.appeal, name="proceeding_appeal"),
    path("proceedings/<int:pk>/appeal/decision/", standing.appeal_decision, name="appeal_decision"),
    re_path(rf"^(?P<pk>\d+)/notice/{_KIND}/$", standing.notice, name="notice"),
    path("<int:pk>/reinstatement/", standing.reinstatement, name="reinstatement"),
    re_path(rf"^letters/(?P<pk>\d+)/{_LANGUAGE}\.pdf$", letters.letter, name="letter"),
    re_path(rf"^me/letters/(?P<pk>\d+)/{_LANGUAGE}\.pdf$", letters.own_letter, name="own_letter"),
    path("chambers/<str:region_code>/rules/", rules.chamber_rules, name="rules"),
    path("chambers/<str:region_code>/grounds/", rules.grounds, name="grounds"),
    path("chambers/<str:region_code>/grounds/<int:pk>/use/", rules.ground_use, name="ground_use"),
]
