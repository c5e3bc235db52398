"""Cards and batches, for staff; and the holder's own card."""

from django.urls import path

from cards.views import batch_files, batches, cards, compose, mending, printers, printing, receipts

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
    path("batches/<int:pk>/release/", mending.batch_release, name="batch_release"),
    path("batches/<int:pk>/files/", batch_files.batch_files, name="batch_files"),
    path("batches/<int:pk>/manifest/", batch_files.batch_manifest, name="batch_manifest"),
    path("batches/<int:pk>/contact/", batch_files.batch_contact, name="batch_contact"),
    path(
        "batches/<int:pk>/contact/<int:position>-<str:side>.png",
        batch_files.batch_picture,
        name="batch_picture",
    ),
    path("batches/<int:pk>/printing/", printing.printing, name="printing"),
    path("batches/<int:pk>/printing/blanks/", printing.blanks, name="printing_blanks"),
    path("batches/<int:pk>/printing/step/", printing.step, name="printing_step"),
    path("batches/<int:pk>/printing/all/", printing.all_of_step, name="printing_all"),
    path("batches/<int:pk>/printing/close/", printing.close, name="printing_close"),
    path("batches/<int:pk>/receipt/", receipts.receipt_new, name="receipt_new"),
    path("receipts/<int:pk>/", receipts.receipt, name="receipt"),
    path("chunks/<int:pk>/retry/", mending.chunk_retry, name="chunk_retry"),
    path("files/<int:pk>/", batch_files.file_download, name="file_download"),
    path("files/<int:pk>/progress/", batch_files.file_progress, name="file_progress"),
    path("files/<int:pk>/remove/", batch_files.file_give_up, name="file_give_up"),
    path("files/<int:pk>/retry/", batch_files.file_retry, name="file_retry"),
    path("<int:pk>/refresh/", mending.card_refresh, name="card_refresh"),
    path("<int:pk>/correct/", printing.correct, name="printing_correct"),
    path("printers/", printers.printer_list, name="printers"),
    path("printers/new/", printers.printer_new, name="printer_new"),
    path("printers/<int:pk>/", printers.printer, name="printer"),
    path("printers/<int:pk>/edit/", printers.printer_edit, name="printer_edit"),
    path("printers/<int:pk>/test-card.pdf", printers.printer_test_card, name="printer_test_card"),
]
