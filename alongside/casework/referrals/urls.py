from django.urls import path

from alongside.casework.referrals import api
from alongside.casework.referrals.pages import lists, refer, referral

app_name = "referrals"
urlpatterns = [
    path("", lists.index, name="index"),
    path("across/", lists.across, name="across"),
    path("csv/", lists.file, name="csv"),
    path("refer/<uuid:record>/", refer.refer, name="refer"),
    path("turned-away/<uuid:record>/", refer.turn_away, name="turned-away"),
    path("<uuid:id>/", referral.referral, name="referral"),
    path("<uuid:id>/step/", referral.step, name="step"),
    path("<uuid:id>/paper/", referral.paper, name="paper"),
    path("api/v1/", api.listed, name="api"),
    path("api/v1/<uuid:id>/", api.one, name="api-one"),
    path("api/v1/<uuid:id>/steps/", api.step, name="api-step"),
]
