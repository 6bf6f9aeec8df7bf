"""Routes of reviewing and of asking her; `urls.py` takes them in under the name `people`."""

from django.urls import path

from alongside.register.people.pages import accept, review

urlpatterns = [
    path("same-woman/", review.review, name="review"),
    path("same-woman/compare/", review.compare, name="compare"),
    path("same-woman/comparing/", review.comparing, name="comparing"),
    path("same-woman/decisions/", review.decisions, name="decisions"),
    path("same-woman/decisions/<uuid:decision_id>/undo/", review.undo_decision, name="undo"),
    path("same-woman/<uuid:pair_id>/", review.pair, name="pair"),
    path("same-woman/<uuid:pair_id>/decide/", review.decide_pair, name="decide"),
    path("<uuid:record_id>/others-may-know/", accept.accept_record, name="accept"),
    path("<uuid:record_id>/others-may-know/withdraw/", accept.withdraw, name="withdraw-acceptance"),
]
