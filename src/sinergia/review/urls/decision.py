"""Addresses of the decision, its publication, its results and what follows."""

from django.urls import path

from sinergia.review.views import decision, following, publication, recutting, results

app_name = "decision"
urlpatterns = [
    path("calls/<uuid:key>/decision/", decision.decision, name="decision"),
    path("calls/<uuid:key>/decision/write/", decision.decide, name="decide"),
    path("calls/<uuid:key>/decision/<uuid:row>/<slug:kind>/", decision.proposal, name="proposal"),
    path("submissions/<uuid:key>/choice/", decision.choice, name="choice"),
    path("calls/<uuid:key>/publication/", publication.publication, name="publication"),
    path("calls/<uuid:key>/publication/step/<slug:name>/", publication.step, name="step"),
    path("calls/<uuid:key>/publication/letters/", publication.letters, name="letters"),
    path("calls/<uuid:key>/publication/letters/<uuid:row>/", publication.letter, name="letter"),
    path(
        "calls/<uuid:key>/publication/letters/<uuid:row>/again/",
        publication.again,
        name="letter_again",
    ),
    path("calls/<uuid:key>/results/", results.results, name="results"),
    path("calls/<uuid:key>/results/export.<str:form>", results.results_file, name="results_file"),
    path("calls/<uuid:key>/results/archive.zip", results.archive, name="archive"),
    path("calls/<uuid:key>/results/verify/", results.verify, name="verify"),
    path("calls/<uuid:key>/results/after/", following.after, name="after"),
    path(
        "calls/<uuid:key>/results/after/<uuid:row>/decline/",
        following.decline_for,
        name="decline_for",
    ),
    path("calls/<uuid:key>/results/after/<uuid:row>/keep/", following.keep, name="keep"),
    path("calls/<uuid:key>/budgets/", following.budgets, name="budgets"),
    path("calls/<uuid:key>/budgets/<uuid:row>/", recutting.budget, name="budget"),
    path("submissions/<uuid:key>/revised/", recutting.revised, name="revised"),
    path("submissions/<uuid:key>/decline/", following.decline, name="decline"),
]
