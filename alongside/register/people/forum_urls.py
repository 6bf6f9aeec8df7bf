"""Routes of forums; `urls.py` takes them in under the name `people`."""

from django.urls import path

from alongside.register.people.pages import forums

urlpatterns = [
    path("<uuid:record_id>/bring/", forums.bring_page, name="bring"),
    path("forums/", forums.forums_page, name="forums"),
    path("forums/new/", forums.new_forum, name="forum-new"),
    path("forums/<uuid:forum_id>/", forums.forum_page, name="forum"),
    path("forums/<uuid:forum_id>/print/", forums.forum_print, name="forum-print"),
    path("forums/<uuid:forum_id>/people/", forums.forum_people, name="forum-people"),
    path("forums/<uuid:forum_id>/end/", forums.end_page, name="forum-end"),
    path("forums/seats/<uuid:seat_id>/leave/", forums.leave_page, name="forum-leave"),
    path("forums/seats/<uuid:seat_id>/chair/", forums.chair_page, name="forum-chair"),
    path("forums/items/<uuid:item_id>/off/", forums.take_off_page, name="take-off"),
]
