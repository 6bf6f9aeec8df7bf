"""Included only when the installation is a demo bound to this machine (config/urls.py)."""

from django.urls import path

from alongside.office import demo

urlpatterns = [path("demo/", demo.choose, name="demo"), path("gallery/", demo.components, name="gallery")]
