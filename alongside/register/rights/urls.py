from django.urls import path

from alongside.register.rights.pages import breach, desk, emergency, hers, keeping, outside, pack, sharing

app_name = "rights"
urlpatterns = [
    path("", desk.desk_page, name="desk"),
    path("outside/", outside.register, name="outside"),
    path("outside/new/", outside.new, name="outside-new"),
    path("outside/<uuid:outside>/", outside.outside_one, name="outside-one"),
    path("outside/<uuid:outside>/edit/", outside.edit, name="outside-edit"),
    path("shared/", sharing.register, name="disclosures"),
    path("shared/<uuid:disclosure>/", sharing.disclosure, name="disclosure"),
    path("shared/about/<uuid:record>/", sharing.new, name="disclosure-new"),
    path("looks/", emergency.register, name="looks"),
    path("looks/<uuid:look>/", emergency.look, name="look"),
    path("looks/from/<uuid:record>/", emergency.begin, name="look-new"),
    path("hers/", hers.register, name="hers"),
    path("hers/new/", hers.new, name="hers-new"),
    path("hers/<uuid:hers>/", hers.hers_one, name="hers-one"),
    path("hers/<uuid:hers>/copy/", pack.pack_page, name="pack"),
    path("hers/<uuid:hers>/copy/print/", pack.pack_print, name="pack-print"),
    path("hers/<uuid:hers>/copy/file/", pack.pack_file, name="pack-file"),
    path("kept/", keeping.schedule, name="schedule"),
    path("kept/<uuid:record>/", keeping.kept, name="kept"),
    path("breaches/", breach.register, name="breaches"),
    path("breaches/new/", breach.new, name="breach-new"),
    path("breaches/<uuid:breach>/", breach.breach, name="breach"),
    path("breaches/<uuid:breach>/file/", breach.breach_file, name="breach-file"),
]
