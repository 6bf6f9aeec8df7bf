from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("alongside.office.urls")),
    path("people/", include("alongside.register.people.urls")),
    path("outreach/", include("alongside.casework.contacts.urls")),
    path("needs/", include("alongside.casework.needs.urls")),
    path("supplies/", include("alongside.casework.supplies.urls")),
    path("open/", include("alongside.casework.directory.urls")),
    path("beds/", include("alongside.casework.accommodation.urls")),
    path("rights/", include("alongside.register.rights.urls")),
    path("programs/", include("alongside.register.programs.urls")),
    path("traces/", include("alongside.register.traces.urls")),
    path("referrals/", include("alongside.casework.referrals.urls")),
    path("picture/", include("alongside.insight.population.urls")),
    path("phone/", include("alongside.phone.urls")),
    path("returns/", include("alongside.insight.monitoring.urls")),
    path("commissioning/", include("alongside.insight.commissioning.urls")),
    path("lists/", include("alongside.insight.interchange.urls")),
]
if settings.DEMO and settings.IS_LOCAL:
    urlpatterns.append(path("", include("alongside.office.demo_urls")))

handler400 = "alongside.office.pages.bad_request"
handler403 = "alongside.office.pages.forbidden"
handler404 = "alongside.office.pages.not_found"
handler500 = "alongside.office.pages.server_error"
