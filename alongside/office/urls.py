from django.urls import include, path

from alongside.office import behind, her_page, installation, interface, leaving_pages, mending, pages, services, trail

urlpatterns = [
    path("", pages.home, name="home"),
    path("acting-for/", pages.act_for, name="act-for"),
    path("hide/", pages.hide, name="hide"),
    path("away/", pages.away, name="away"),
    path("robots.txt", pages.robots, name="robots"),
    path("women/<uuid:record>/", her_page.page_of_her, name="her-page"),
    path("who-looked/", trail.who_looked, name="who-looked"),
    path("installation/", installation.installation, name="installation"),
    path("installation/roles/<uuid:membership>/end/", installation.end_role, name="end-role"),
    path("installation/workers/<uuid:worker>/close/", installation.close_account, name="close-account"),
    path("installation/workers/<uuid:worker>/passkeys/", installation.lost_passkey, name="lost-passkey"),
    path("leaving/", leaving_pages.own, name="leaving"),
    path("leaving/ask/", leaving_pages.ask, name="leaving-ask"),
    path("leaving/parts/<int:part>/", leaving_pages.take, name="leaving-part"),
    path("leaving/<uuid:departure>/stay/", leaving_pages.stay, name="leaving-stay"),
    path("installation/leaving/", leaving_pages.departures, name="departures"),
    path("installation/leaving/<uuid:departure>/", leaving_pages.confirm, name="depart"),
    path("returns/<uuid:pk>/<slug:key>/women/", behind.behind, name="women-behind"),
    path("to-mend/", mending.to_mend, name="to-mend"),
    path("to-mend/<uuid:pk>/", mending.mend, name="mend"),
    path("services/", services.own_services, name="services"),
    path("services/<uuid:service>/", services.one_service, name="service"),
    path("api/v1/contacts/", interface.contacts_of, name="api-contacts"),
    path("api/v1/shifts/", interface.shifts_of, name="api-shifts"),
    path("accounts/", include("alongside.office.accounts.urls")),
]
