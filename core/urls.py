"""Home, the audit trail, chambers' settings and what serves every page."""

from django.urls import path

from core.views import accounts, audit, chambers, gallery, health, home, legal

app_name = "core"

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("audit/", audit.audit_trail, name="audit"),
    path("chambers/", chambers.chamber_list, name="chambers"),
    path("chambers/<str:region_code>/", chambers.chamber_settings, name="chamber_settings"),
    path("chambers/<str:region_code>/picture/<str:field>/", chambers.chamber_picture, name="chamber_picture"),
    path("staff/", accounts.account_list, name="accounts"),
    path("staff/new/", accounts.account_new, name="account_new"),
    path("staff/<int:pk>/", accounts.account, name="account"),
    path("staff/<int:pk>/closure/", accounts.account_close, name="account_close"),
    path("staff/<int:pk>/reopening/", accounts.account_reopen, name="account_reopen"),
    path("staff/<int:pk>/sign-in/", accounts.account_reset, name="account_reset"),
    path("territory/communes/", home.commune_options, name="commune_options"),
    path("legal/", legal.legal, name="legal"),
    path("gallery/", gallery.gallery, name="gallery"),
]
