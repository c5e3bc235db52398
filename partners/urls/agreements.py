"""For staff: agreements, chambers' votes, their papers and the rules."""

from django.urls import path

from partners.views import adhesions, agreements, documents, rules

urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.agreement_new, name="agreement_new"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/edit/", agreements.agreement_edit, name="agreement_edit"),
    path("agreements/<int:pk>/sign/", agreements.sign, name="agreement_sign"),
    path("agreements/<int:pk>/end/", agreements.end, name="agreement_end"),
    path("agreements/<int:pk>/adhesions/", adhesions.propose, name="adhesion_propose"),
    path("adhesions/<int:pk>/", adhesions.adhesion, name="adhesion"),
    path("adhesions/<int:pk>/vote/", adhesions.vote, name="adhesion_vote"),
    path("adhesions/<int:pk>/again/", adhesions.again, name="adhesion_again"),
    path("adhesions/<int:pk>/end/", adhesions.end, name="adhesion_end"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/remove/", documents.remove, name="document_remove"),
    path("documents/add/<slug:owner>/<int:pk>/", documents.add, name="document_add"),
    path("rules/", rules.rules, name="rules"),
]
