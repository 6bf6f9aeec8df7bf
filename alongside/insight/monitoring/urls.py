from django.urls import path

from alongside.insight.monitoring import pages, release_pages

app_name = "returns"
urlpatterns = [
    path("", pages.index, name="index"),
    path("count/", pages.make, name="make"),
    path("definitions/", pages.meanings, name="definitions"),
    path("snapshots/", pages.snapshots, name="snapshots"),
    path("releases/", release_pages.index, name="releases"),
    path("releases/<uuid:pk>/", release_pages.one, name="release"),
    path("releases/<uuid:pk>/csv/", release_pages.csv_file, name="release-csv"),
    path("releases/<uuid:pk>/metadata/", release_pages.metadata_file, name="release-metadata"),
    path("releases/<uuid:pk>/give/", release_pages.give, name="give"),
    path("releases/<uuid:pk>/words/", release_pages.write, name="write"),
    path("words/<uuid:pk>/take-back/", release_pages.take_back, name="take-back"),
    path("<uuid:pk>/prepare/", release_pages.prepare, name="prepare"),
    path("<uuid:pk>/", pages.one, name="return"),
    path("<uuid:pk>/csv/", pages.csv_file, name="csv"),
    path("<uuid:pk>/xlsx/", pages.xlsx_file, name="xlsx"),
]
