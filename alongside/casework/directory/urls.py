from django.urls import path

from alongside.casework.directory import pages

app_name = "directory"
urlpatterns = [
    path("", pages.what_is_open, name="open"),
    path("card.pdf", pages.card, name="card"),
    path("add/", pages.add, name="add"),
    path("<uuid:place>/", pages.keep, name="place"),
    path("<uuid:place>/close/", pages.close, name="close"),
]
