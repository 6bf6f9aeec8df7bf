from django.urls import path

from alongside.casework.supplies import pages

app_name = "supplies"
urlpatterns = [
    path("", pages.shelves, name="shelves"),
    path("new/", pages.new_shelf, name="new-shelf"),
]
