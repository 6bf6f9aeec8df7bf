from django.urls import path

from alongside.insight.population import pages

app_name = "picture"
urlpatterns = [
    path("", pages.picture, name="picture"),
    path("csv/", pages.csv_file, name="csv"),
    path("xlsx/", pages.xlsx_file, name="xlsx"),
    path("count/", pages.count, name="count"),
    path("give/", pages.give, name="give"),
]
