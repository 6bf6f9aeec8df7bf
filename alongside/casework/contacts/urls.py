from django.urls import path

from alongside.casework.contacts import api
from alongside.casework.contacts.pages import coverage, feed, maps, notes, places, sessions, shifts, tonight

app_name = "contacts"
urlpatterns = [
    path("", tonight.tonight, name="tonight"),
    path("saw/", tonight.saw, name="saw"),
    path("saw/<uuid:record>/", tonight.saw_her, name="saw-her"),
    path("seen/<uuid:record>/", tonight.quick, name="quick"),
    path("contacts/<uuid:contact>/undo/", tonight.undo, name="undo"),
    path("look-out/<uuid:record>/", places.look_out, name="look-out"),
    path("look-outs/<uuid:look_out>/end/", places.end_look_out, name="end-look-out"),
    path("note/<uuid:record>/", notes.note, name="note"),
    path("note/<uuid:record>/draft/", notes.draft, name="note-draft"),
    path("notes/<uuid:note>/undo/", notes.undo, name="undo-note"),
    path("safe/<uuid:record>/", notes.safe, name="safe"),
    path("rota/", shifts.rota, name="rota"),
    path("rota/plan/", shifts.plan, name="plan"),
    path("rota/feed/", feed.make, name="make-feed"),
    path("rota/feed/stop/", feed.end, name="end-feed"),
    path("calendar/<str:key>.ics", feed.feed, name="feed"),
    path("training/", shifts.training, name="training"),
    path("shifts/begin/", shifts.begin_now, name="begin-now"),
    path("shifts/<uuid:shift>/", shifts.shift, name="shift"),
    path("shifts/<uuid:shift>/begin/", shifts.begin, name="begin"),
    path("shifts/<uuid:shift>/safety-call/", shifts.safety_call, name="safety-call"),
    path("shifts/<uuid:shift>/end/", shifts.end, name="end"),
    path("shifts/<uuid:shift>/call-off/", shifts.call_off, name="call-off"),
    path("sessions/", sessions.index, name="sessions"),
    path("sessions/<uuid:session>/", sessions.session, name="session"),
    path("sessions/<uuid:session>/sheet/", sessions.sheet, name="sheet"),
    path("sessions/<uuid:session>/close/", sessions.close, name="close-session"),
    path("sessions/<uuid:session>/sign-in/<uuid:record>/", sessions.sign_in, name="sign-in"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("areas/", places.areas, name="areas"),
    path("areas/draw/", maps.draw, name="draw"),
    path("map/", maps.heat, name="map"),
    path("areas/<uuid:area>/close/", places.close_area, name="close-area"),
    path("notices/", places.notices, name="notices"),
    path("tell/", places.tell, name="tell"),
    path("api/v1/contacts/", api.contacts, name="api-contacts"),
]
