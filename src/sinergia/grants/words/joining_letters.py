"""Letters to those who join and to their parents, each in the language in which they asked."""

from django.template.loader import render_to_string
from django.utils import translation

from sinergia.grants.models import Joiner
from sinergia.grants.queries.joiners import place_in_line
from sinergia.grants.words.together import own_link, parent_link, project_link, when_said

KINDS = ("own", "standing", "changed", "certificate", "parent")


def letter_of(kind: str, row: Joiner) -> tuple[str, str]:
    """Subject and text of a letter. kind: one of KINDS; the last one is for the parent."""
    grant, role = row.role.grant, row.role
    is_waiting = row.stage == Joiner.Stage.WAITING
    with translation.override(row.language):
        context = {
            "row": row,
            "role": role,
            "title": grant.application.title,
            "organisation": grant.organisation.short_name or grant.organisation.name,
            "when": when_said(role.starts_on, role.ends_on),
            "number": place_in_line(row) if is_waiting else 0,
            "url": parent_link(row) if kind == "parent" else own_link(row),
            "project_url": project_link(grant),
            "parent": getattr(row, "parent", None),
        }
        said = render_to_string(f"together/letters/{kind}.txt", context)
    subject, _, text = said.strip().partition("\n")
    return subject.strip(), text.strip()
