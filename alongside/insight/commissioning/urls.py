from django.urls import path

from alongside.insight.commissioning.pages import areas, earlier, plans, questions, review, templates

app_name = "commissioning"
urlpatterns = [
    path("plans/", plans.index, name="plans"),
    path("plans/make/", plans.make, name="make"),
    path("plans/<uuid:pk>/", plans.one, name="plan"),
    path("plans/<uuid:pk>/targets/", plans.add_target, name="add-target"),
    path("plans/<uuid:pk>/count/", plans.count, name="count"),
    path("plans/<uuid:pk>/end/", plans.end, name="end-plan"),
    path("targets/<uuid:pk>/take-back/", plans.drop_target, name="drop-target"),
    path("plans/<uuid:pk>/pdf/", review.plan_paper, name="plan-pdf"),
    path("two-years/", review.two_years, name="review"),
    path("two-years/pdf/", review.review_paper, name="review-pdf"),
    path("returns/<uuid:pk>/pdf/", review.return_paper, name="return-pdf"),
    path("releases/<uuid:pk>/pdf/", review.release_paper, name="release-pdf"),
    path("questions/", questions.index, name="questions"),
    path("questions/<uuid:pk>/", questions.one, name="question"),
    path("questions/<uuid:pk>/answer/", questions.answer, name="answer"),
    path("questions/<uuid:pk>/close/", questions.close, name="close"),
    path("releases/<uuid:pk>/ask/", questions.ask, name="ask"),
    path("returns/<uuid:pk>/fill/", templates.fill, name="fill"),
    path("returns/<uuid:pk>/blank/", templates.blank_template, name="blank"),
    path("areas/", areas.index, name="areas"),
    path("areas/add/", areas.add, name="add-area"),
    path("areas/pdf/", areas.paper, name="areas-pdf"),
    path("areas/<uuid:pk>/take-back/", areas.drop, name="drop-area"),
    path("earlier/", earlier.index, name="earlier"),
    path("earlier/hand-in/", earlier.hand_in, name="hand-in"),
    path("earlier/<uuid:pk>/", earlier.one, name="earlier-one"),
    path("earlier/<uuid:pk>/throw-away/", earlier.throw_away, name="throw-away"),
]
