from django.urls import path

from alongside.insight.interchange.pages import checking, lists

app_name = "lists"
urlpatterns = [
    path("", lists.index, name="index"),
    path("hand-in/", lists.hand_in, name="hand-in"),
    path("<uuid:list_id>/", lists.one, name="list"),
    path("<uuid:list_id>/progress/", lists.progress, name="progress"),
    path("<uuid:list_id>/columns/", checking.columns, name="columns"),
    path("<uuid:list_id>/check/", checking.check, name="check"),
    path("<uuid:list_id>/take-in/", checking.take, name="take"),
    path("<uuid:list_id>/undo/", lists.undo, name="undo"),
    path("<uuid:list_id>/rows/<uuid:row_id>/", checking.row, name="row"),
    path("<uuid:list_id>/rows-to-mend.csv", checking.to_mend, {"form": "csv"}, name="mend-csv"),
    path("<uuid:list_id>/rows-to-mend.xlsx", checking.to_mend, {"form": "xlsx"}, name="mend-xlsx"),
]
