from django.urls import path

from alongside.register.programs import pages

app_name = "programs"
urlpatterns = [path("", pages.keys, name="keys"), path("<uuid:key>/end/", pages.end, name="end")]
