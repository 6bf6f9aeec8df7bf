from django.urls import path

from alongside.register.people import forum_urls, review_urls, sharing_urls
from alongside.register.people.pages import look_up, record

app_name = "people"
urlpatterns = [
    path("", record.records_page, name="records"),
    path("look-up/", look_up.look_up_page, name="look-up"),
    path("new/", record.new_page, name="new"),
    path("<uuid:record>/", record.record_page, name="record"),
    path("<uuid:record>/correct/", record.correct_page, name="correct"),
    *review_urls.urlpatterns,
    *sharing_urls.urlpatterns,
    *forum_urls.urlpatterns,
]
