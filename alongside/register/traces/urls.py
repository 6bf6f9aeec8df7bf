from django.urls import path

from alongside.register.traces import pages

app_name = "traces"
urlpatterns = [
    path("records/<uuid:record>/", pages.readers, name="readers"),
    path("records/<uuid:record>/paper/", pages.readers_paper, name="paper"),
    path("unusual/", pages.unusual, name="unusual"),
    path("seals/", pages.seals, name="seals"),
    path("seals/keep/", pages.keep, name="keep"),
]
