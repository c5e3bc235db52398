"""Every address of the portal: each app brings its own."""

from django.urls import include, path

from chamber_portal import public

urlpatterns = [
    # First what a fair asks for all day: addresses are looked through from the top.
    path("", include("cards.urls_public")),
    path("", include("core.urls")),
    path("accounts/", include("core.urls_accounts")),
    path("register/", include("registry.urls")),
    path("cards/", include("cards.urls")),
    path("", include("registry.urls_public")),
    path("meetings/", include("events.urls")),
    path("", include("events.urls_public")),
    path("benefits/", include("partners.urls")),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("robots.txt", public.robots, name="robots"),
    path("benefits/space/", include("partners.urls.space")),
    path("api/tills/v1/", include("partners.api.urls")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"
