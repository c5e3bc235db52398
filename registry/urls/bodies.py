"""Craft bodies."""

from django.urls import path

from registry.views import assemblies, bodies, body_papers, bureaus, public_crafts

urlpatterns = [
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/new/", bodies.body_new, name="body_new"),
    path("bodies/progress/", bodies.progress, name="bodies_progress"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("bodies/<int:pk>/remove/", bodies.body_remove, name="body_remove"),
    path("bodies/<int:pk>/dissolve/", bodies.body_dissolve, name="body_dissolve"),
    path("bodies/<int:pk>/public/", bodies.body_public, name="body_public"),
    path("bodies/<int:pk>/documents/", bodies.body_document_add, name="body_document_add"),
    path("bodies/documents/<int:pk>/", bodies.body_document, name="body_document"),
    path("bodies/<int:pk>/convoke/", assemblies.convoke, name="convoke"),
    path("bodies/<int:pk>/bureau/", bureaus.bureau, name="bureau"),
    path("bodies/mandates/<int:pk>/end/", bureaus.mandate_end, name="mandate_end"),
    path("bodies/<int:pk>/members/", bureaus.members, name="body_members"),
    path("bodies/members/<int:pk>/leave/", bureaus.member_leave, name="member_leave"),
    path("bodies/assemblies/<int:pk>/", assemblies.convocation_list, name="convocation_list"),
    path("bodies/assemblies/<int:pk>/attendance/", assemblies.attendance, name="attendance"),
    path("bodies/assemblies/<int:pk>/close/", assemblies.attendance_close, name="attendance_close"),
    path("bodies/assemblies/<int:pk>/without-effect/", assemblies.without_effect, name="without_effect"),
    path("bodies/assemblies/<int:pk>/results/", assemblies.assembly_results, name="assembly_results"),
    path("bodies/assemblies/<int:pk>/found/", assemblies.found, name="found_body"),
    path("bodies/assemblies/<int:pk>/paper/<slug:paper>/", body_papers.assembly_paper, name="assembly_paper"),
    path("bodies/candidates/<int:pk>/remove/", assemblies.candidate_remove, name="candidate_remove"),
    path("public/crafts/", public_crafts.public_crafts, name="public_crafts"),
    path("public/bodies/", public_crafts.public_bodies, name="public_bodies"),
]
