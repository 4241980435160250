"""Addresses of conflicts and of who reads what."""

from django.urls import path

from sinergia.review.views import assignment, conflicts, proposed, readings

app_name = "assignment"
CALL = "calls/<uuid:key>"
urlpatterns = [
    path(f"{CALL}/assignment/", assignment.assignment, name="assignment"),
    path(f"{CALL}/assignment/begin/", assignment.begin, name="begin"),
    path(f"{CALL}/assignment/propose/", assignment.propose, name="propose"),
    path(f"{CALL}/assignment/open-fields/", assignment.open_fields, name="open_fields"),
    path(f"{CALL}/assignment/loads/", assignment.loads, name="loads"),
    path(f"{CALL}/assignment/<uuid:row>/accept/", assignment.accept, name="accept"),
    path(f"{CALL}/assignment/<uuid:row>/drop/", assignment.drop, name="drop"),
    path(f"{CALL}/assignment/<uuid:row>/proof.zip", assignment.proof, name="proof"),
    path(f"{CALL}/assignment/<uuid:row>/pairs/", proposed.pairs, name="proposed_pairs"),
    path(f"{CALL}/assignment/<uuid:row>/loads/", proposed.loads, name="proposed_loads"),
    path(f"{CALL}/assignment/readings/<uuid:row>/", readings.readings, name="readings"),
    path(f"{CALL}/assignment/readings/<uuid:row>/change/", readings.change, name="change"),
    path(f"{CALL}/conflicts/", conflicts.conflicts, name="conflicts"),
    path(f"{CALL}/conflicts/compare/", conflicts.compare, name="compare"),
    path(f"{CALL}/conflicts/export.<str:form>", conflicts.export, name="conflicts_file"),
    path(f"{CALL}/conflicts/<uuid:row>/", conflicts.conflict, name="conflict"),
    path(f"{CALL}/conflicts/named/", conflicts.objections, name="objections"),
    path(f"{CALL}/conflicts/named/<uuid:row>/", conflicts.named, name="named"),
    path("submissions/<uuid:key>/not-to-read/", conflicts.not_to_read, name="not_to_read"),
]
