from django.urls import path

from alongside.casework.needs import pages

app_name = "needs"
urlpatterns = [path("<uuid:record>/", pages.of_her, name="of-her")]
