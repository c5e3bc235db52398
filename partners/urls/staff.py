"""For staff: offers in every state and what may become of them."""

from django.urls import path

from partners.views import changes, partners, staff

urlpatterns = [
    path("partners/", staff.offers, name="partners"),
    path("offers/new/", staff.offer_new, name="offer_new"),
    path("companies/", partners.companies, name="companies"),
    path("companies/new/", partners.company_new, name="company_new"),
    path("companies/<slug:code>/", partners.company_edit, name="company_edit"),
    path("companies/<slug:code>/end/", partners.company_end, name="company_end"),
    path("companies/<slug:code>/resume/", partners.company_resume, name="company_resume"),
    path("<int:pk>/file/", staff.offer_file, name="offer_file"),
    path("<int:pk>/edit/", staff.offer_edit, name="offer_edit"),
    path("<int:pk>/confirm/", staff.confirm, name="confirm"),
    path("<int:pk>/propose/", staff.propose, name="propose"),
    path("<int:pk>/check/", staff.check, name="check"),
    path("<int:pk>/reopen/", staff.reopen, name="reopen"),
    path("<int:pk>/withdraw/", staff.withdraw, name="withdraw"),
    path("changes/<int:pk>/", changes.change, name="change"),
    path("changes/<int:pk>/withdraw/", changes.withdraw, name="change_withdraw"),
]
