"""Conflicts told: what exactly is the same, and where it stands."""

import json

from django.utils.translation import gettext as _

from sinergia.review.models import Conflict


def evidence_said(conflict: Conflict) -> str:
    """What ties an expert to an application, in the reader's language."""
    if conflict.source != Conflict.Source.FOUND:
        return conflict.evidence
    try:
        told = json.loads(conflict.evidence)
        field, theirs, ours = (str(told[name]) for name in ("field", "theirs", "ours"))
    except (ValueError, TypeError, KeyError):  # it was erased
        return conflict.evidence
    if conflict.kind == Conflict.Kind.ORGANISATION and field == "applicant":
        return _how(ours)
    if conflict.kind == Conflict.Kind.MENTOR:
        return _("The expert’s account wrote in the draft of the project.")
    if conflict.kind == Conflict.Kind.MUNICIPALITY:
        return _("The expert’s organisation is in the applicant’s municipality.")
    values = {"where": _where(field), "theirs": theirs, "ours": ours}
    if conflict.kind == Conflict.Kind.IDENTIFIER:
        return _("%(where)s: the number %(theirs)s is that of the expert’s organisation.") % values
    return _("%(where)s: “%(theirs)s”; the expert: “%(ours)s”.") % values


def _where(field: str) -> str:
    return {
        "head": _("Head of the project"),
        "team": _("Team of the project"),
        "partners": _("Partners of the project"),
        "people": _("People of the applicant"),
        "signers": _("Who else signs for the applicant"),
        "accountant": _("Chief accountant of the applicant"),
        "founders": _("Founders of the applicant"),
        "applicant": _("The applicant"),
    }.get(field, field)


def _how(code: str) -> str:
    return {
        "work": _("The expert works at the applicant, as their profile says."),
        "team": _("The expert’s account is in the applicant’s team."),
        "head": _("The expert heads the applicant."),
        "centre": _("The applicant is the resource centre where the expert works."),
    }.get(code, code)
