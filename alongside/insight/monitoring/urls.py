from django.urls import path

from alongside.insight.monitoring import pages

app_name = "returns"
urlpatterns = [
    path("", pages.index, name="index"),
    path("count/", pages.make, name="make"),
    path("definitions/", pages.meanings, name="definitions"),
    path("snapshots/", pages.snapshots, name="snapshots"),
    path("<uuid:pk>/", pages.one, name="return"),
    path("<uuid:pk>/csv/", pages.csv_file, name="csv"),
    path("<uuid:pk>/xlsx/", pages.xlsx_file, name="xlsx"),
]
