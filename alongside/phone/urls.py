from django.urls import path

from alongside.phone.pages import app, held, phones, ready, sync

app_name = "phone"
urlpatterns = [
    path("", app.app, name="app"),
    path("help/", app.helping, name="help"),
    path("service.js", app.service, name="service"),
    path("app.webmanifest", app.manifest, name="manifest"),
    path("sync/", sync.sync, name="sync"),
    path("ready/", ready.ready, name="ready"),
    path("set-up/", ready.set_up, name="set-up"),
    path("tonight/", ready.tonight, name="list"),
    path("phones/", phones.all_phones, name="phones"),
    path("phones/<uuid:device>/close/", phones.close, name="close"),
    path("held/", held.waiting, name="held"),
    path("held/<uuid:envelope>/", held.one, name="one-held"),
    path("file/", phones.file, name="file"),
]
