from django.urls import path

from alongside.casework.accommodation.pages import board, figures, houses, lists, referred, stay, what_if

app_name = "accommodation"
urlpatterns = [
    path("", board.board, name="board"),
    path("bed/<uuid:bed>/", board.bed, name="bed"),
    path("bed/<uuid:bed>/give/", board.give, name="give"),
    path("bed/<uuid:bed>/hold/", board.hold, name="hold"),
    path("bed/<uuid:bed>/void/", board.void, name="void"),
    path("use/<uuid:use>/free/", board.free, name="free"),
    path("stay/<uuid:stay>/", stay.stay, name="stay"),
    path("stay/<uuid:stay>/change/", stay.change, name="change"),
    path("stay/<uuid:stay>/end/", stay.end, name="end"),
    path("task/<uuid:task>/done/", stay.task_done, name="task-done"),
    path("list/<uuid:unit>/", lists.waiting_list, name="list"),
    path("list/<uuid:unit>/order/", lists.order, name="order"),
    path("list/<uuid:unit>/referred/", referred.join, name="join-referred"),
    path("referred/<uuid:referral>/accept/", referred.accept, name="accept"),
    path("place/<uuid:waiting>/", lists.place, name="place"),
    path("woman/<uuid:record>/", lists.woman, name="woman"),
    path("woman/<uuid:record>/join/", lists.join, name="join"),
    path("moves/", lists.moves, name="moves"),
    path("figures/", figures.figures, name="figures"),
    path("figures/csv/", figures.figures_csv, name="figures-csv"),
    path("what-if/", what_if.what_if, name="what-if"),
    path("what-if/ask/", what_if.ask, name="ask"),
    path("what-if/<uuid:id>/", what_if.answer_page, name="answer"),
    path("what-if/<uuid:id>/give/", what_if.give, name="give-answer"),
    path("houses/", houses.houses, name="houses"),
    path("houses/new/", houses.new, name="new-house"),
    path("houses/<uuid:unit>/", houses.house, name="house"),
]
