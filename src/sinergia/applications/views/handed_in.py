"""Files of an application as they were handed in, for those who register and admit."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sinergia.applications.http import ours
from sinergia.applications.queries.handed_in import files_of
from sinergia.applications.queries.submissions import read_frozen
from sinergia.base.files.http import respond_with
from sinergia.engine.project import Broken
from sinergia.organisations.http import StaffRequest, for_staff

GONE = 410


@require_GET
@for_staff
def file(request: StaffRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """A file that the frozen document names, to be saved; one that is another by now is told."""
    submission = ours(request, key)
    try:
        named = files_of(submission, read_frozen(submission).values)
    except Broken:
        return render(request, "applications/submissions/broken.html", status=GONE)
    found = next((one for one in named if one.key == row), None)
    if found is None:
        raise Http404
    if found.attachment is None or not found.is_kept:
        return render(request, "applications/submissions/broken.html", status=GONE)
    return respond_with(found.attachment.file, as_name=found.name, asked=request.headers)
