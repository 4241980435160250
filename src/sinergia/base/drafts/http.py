"""What pages of drafts answer a save with, and what the page that was sent had shown."""

from collections.abc import Mapping, Sequence

from django.http import JsonResponse

from sinergia.base.drafts.forms import PageForm
from sinergia.base.drafts.models import DraftText
from sinergia.base.drafts.words import Theirs

CONFLICT, REFUSED = 409, 422


def refused(said: Sequence[str]) -> JsonResponse:
    """Nothing was saved; why."""
    return JsonResponse({"said": list(said)}, status=REFUSED)


def against(text: DraftText, theirs: Theirs) -> JsonResponse:
    """Somebody else saved another text in the same place meanwhile."""
    told = {"version": text.version, "text": theirs.text, "who": theirs.who, "at": theirs.at}
    return JsonResponse(told, status=CONFLICT)


def versions_seen(data: Mapping[str, str]) -> dict[str, int]:
    """Of a page of which nothing was saved: the versions that it had shown still hold."""
    form = PageForm(data)
    form.is_valid()
    versions: dict[str, int] = form.cleaned_data["versions"]
    return versions
