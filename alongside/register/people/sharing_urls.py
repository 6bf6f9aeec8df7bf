"""Routes of sharing; `urls.py` takes them in under the name `people`."""

from django.urls import path

from alongside.register.people.pages import keep_out, leading, matters, shared, sharing, standing

urlpatterns = [
    path("<uuid:record_id>/agreed/", sharing.sharing_page, name="sharing"),
    path("<uuid:record_id>/agreed/talk/", sharing.talk_page, name="talk"),
    path("<uuid:record_id>/agreed/sheet/", sharing.sheet_page, name="sheet"),
    path("agreed/<uuid:grant_id>/stop/", sharing.stop_sharing, name="stop-sharing"),
    path("<uuid:record_id>/keep-out/", keep_out.keep_out_page, name="keep-out"),
    path("keep-out/<uuid:exclusion_id>/let-in/", keep_out.let_in, name="let-in"),
    path("<uuid:record_id>/should-not-see/", keep_out.conflict_page, name="conflict"),
    path("<uuid:record_id>/what-happened/", standing.standing_page, name="standing"),
    path("what-happened/<uuid:standing_id>/mistake/", standing.mistake, name="mistake"),
    path("<uuid:record_id>/why/", standing.reason_page, name="reason"),
    path("<uuid:record_id>/child-referral/", standing.child_referral, name="child-referral"),
    path("<uuid:record_id>/private/", matters.matters_page, name="matters"),
    path("<uuid:record_id>/private/name/", matters.name_page, name="name-worker"),
    path("private/<uuid:matter_id>/end/", matters.end_page, name="matter-end"),
    path("leads/", leading.leads_page, name="leads"),
    path("<uuid:record_id>/lead/", leading.lead_page, name="lead"),
    path("leads/<uuid:lead_id>/offer/", leading.offer_page, name="offer-lead"),
    path("leads/<uuid:lead_id>/take/", leading.take_page, name="take-lead"),
    path("shared/", shared.shared_list_page, name="shared-list"),
    path("shared/<uuid:record_id>/", shared.shared_record_page, name="shared"),
    path("shared/<uuid:grant_id>/stopped/", shared.stopped_page, name="stopped-using"),
]
