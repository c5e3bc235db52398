"""The artisan's own benefits, requests and uses; included in the names of `partners.urls`."""

from django.urls import path

from partners.views.own import benefits, feedback, referrals, vouchers

urlpatterns = [
    path("", benefits.own_benefits, name="own_benefits"),
    path("favourites/", benefits.own_favourites, name="own_favourites"),
    path("uses/", referrals.own_uses, name="own_uses"),
    path("<int:pk>/", benefits.own_offer, name="own_offer"),
    path("<int:pk>/favourite/", benefits.favourite, name="favourite"),
    path("<int:pk>/voucher/", vouchers.own_voucher, name="own_voucher"),
    path("<int:pk>/request/", referrals.own_referral_new, name="own_referral_new"),
    path("<int:pk>/feedback/", feedback.own_feedback, name="own_feedback"),
    path("vouchers/<int:pk>/state/", vouchers.own_voucher_state, name="own_voucher_state"),
    path("requests/<int:pk>/", referrals.own_referral, name="own_referral"),
    path("requests/<int:pk>/withdraw/", referrals.own_referral_withdraw, name="own_referral_withdraw"),
    path("documents/<int:pk>/", referrals.own_referral_document, name="own_referral_document"),
]
