"""Addresses of projects."""

from django.urls import path

from sinergia.projects.views import (
    adoptions,
    applying,
    files,
    grown,
    history,
    origins,
    practice,
    projects,
    section,
)

app_name = "projects"
urlpatterns = [
    path("projects/", projects.projects, name="projects"),
    path("projects/put-away/", projects.put_away, name="put_away"),
    path("projects/new/", projects.new, name="new"),
    path("commitments/<uuid:key>/project/", grown.from_commitment, name="from_commitment"),
    path("projects/<uuid:key>/", projects.project, name="project"),
    path("projects/<uuid:key>/whole/", projects.whole, name="whole"),
    path("projects/<uuid:key>/save/", section.save, name="save"),
    path("projects/<uuid:key>/take-out/", section.take_out, name="take_out"),
    path("projects/<uuid:key>/move/", section.move, name="move"),
    path("projects/<uuid:key>/aim/", projects.aim, name="aim"),
    path("projects/<uuid:key>/practice/", practice.into_practice, name="into_practice"),
    path("projects/<uuid:key>/share/", projects.share, name="share"),
    path("projects/<uuid:key>/remove/", projects.remove, name="remove"),
    path("projects/<uuid:key>/take-back/", projects.take_back, name="take_back"),
    path("projects/<uuid:key>/history/", history.history, name="history"),
    path("projects/<uuid:key>/history/<uuid:version>/", history.revision, name="revision"),
    path("projects/<uuid:key>/history/<uuid:version>/restore/", history.restore, name="restore"),
    path("projects/<uuid:key>/files/<uuid:row>/", files.file, name="file"),
    path("projects/<uuid:key>/files/<uuid:row>/remove/", files.remove, name="remove_file"),
    path("projects/<uuid:key>/files/<slug:field>/add/", files.add, name="add_file"),
    path("projects/<uuid:key>/form/<slug:name>/", section.section, name="section"),
    path("projects/<uuid:key>/origin/", origins.origin, name="origin"),
    path("projects/<uuid:key>/origin/show/", origins.show, name="show_authors"),
    path("projects/<uuid:key>/origin/part/", origins.part, name="part"),
    path("practices/<uuid:key>/apply/", applying.apply, name="apply"),
    path("adoptions/", adoptions.adoptions, name="adoptions"),
    path("adoptions/<uuid:key>/", adoptions.adoption, name="adoption"),
    path("adoptions/<uuid:key>/letter/", adoptions.write, name="write_letter"),
    path("adoptions/<uuid:key>/change/", adoptions.change, name="change_adoption"),
    path("adoptions/<uuid:key>/step/<slug:name>/", adoptions.step, name="step"),
    path("adoptions/<uuid:key>/begin/", adoptions.begin, name="begin_adopted"),
    path("adoptions/<uuid:key>/join/", adoptions.join, name="join"),
    path("adoptions/<uuid:key>/grow/", adoptions.grow, name="grow"),
]
