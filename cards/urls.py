"""Cards and batches, for staff; and the holder's own card."""

from django.urls import path

from cards.views import batches, cards, compose

app_name = "cards"

urlpatterns = [
    path("", cards.card_list, name="list"),
    path("<int:pk>/", cards.card, name="card"),
    path("<int:pk>/stop/", cards.stop_card, name="stop_card"),
    path("<int:pk>/<str:side>.png", cards.card_picture, name="card_picture"),
    path("mine/<str:side>.png", cards.own_card_picture, name="own_card_picture"),
    path("batches/", batches.batch_list, name="batches"),
    path("batches/new/", compose.batch_new, name="batch_new"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/progress/", batches.batch_progress, name="batch_progress"),
    path("batches/<int:pk>/cancel/", batches.batch_cancel, name="batch_cancel"),
    path("batches/<int:pk>/retry/", batches.batch_retry, name="batch_retry"),
    path("batches/<int:pk>/file/", batches.batch_file, name="batch_file"),
]
