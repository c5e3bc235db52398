"""List, files, applications, and the artisan's own space."""

from django.urls import path

from registry.views import applications, counter, documents, files, own_space, queues, register, searching

urlpatterns = [
    path("", register.register_list, name="list"),
    path("filters/", register.register_filters, name="filters"),
    path("search/", searching.search, name="search"),
    path("lists/", searching.saved_filters, name="saved_filters"),
    path("lists/remove/", searching.saved_filter_remove, name="saved_filter_remove"),
    path("<int:pk>/", register.register_detail, name="detail"),
    path("<int:pk>/photograph/", files.photograph, name="photograph"),
    path("<int:pk>/documents/add/", documents.add, name="document_add"),
    path("documents/<int:pk>/", files.document, name="document"),
    path("documents/<int:pk>/view/", documents.view, name="document_view"),
    path("documents/<int:pk>/pages/<int:number>/", documents.page, name="document_page"),
    path("documents/<int:pk>/remove/", documents.remove, name="document_remove"),
    path("new/", counter.apply, name="apply"),
    path("drafts/<uuid:key>/", counter.draft, name="draft"),
    path("drafts/<uuid:key>/discard/", counter.draft_discard, name="draft_discard"),
    path("drafts/<uuid:key>/photograph/", counter.draft_photograph, name="draft_photograph"),
    path("applications/", queues.queue, name="queue"),
    path("applications/next/", queues.take, name="take_next"),
    path("applications/<int:pk>/", counter.application_edit, name="application_edit"),
    path("applications/<int:pk>/submitted/", counter.submitted, name="submitted"),
    path("applications/<int:pk>/receipt/", counter.receipt, name="receipt"),
    path("applications/<int:pk>/assign/", queues.assign, name="assign"),
    path("applications/<int:pk>/comments/", queues.comment, name="comment"),
    path("applications/<int:pk>/decision/", applications.decide, name="decide"),
    path("me/", own_space.own_space, name="own_space"),
    path("me/file/", own_space.own_file, name="own_file"),
    path("me/documents/<int:pk>/", own_space.own_document, name="own_document"),
    path("me/messages/", own_space.own_messages, name="own_messages"),
    path("me/messages/channel/", own_space.own_channel, name="own_channel"),
    path("me/photograph/", files.own_photograph, name="own_photograph"),
]
