"""Reports of adoptions on their way: sent to the home of a practice, and checked there."""

import json
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.urls import reverse

from sinergia.base.outside import Limits, call
from sinergia.engine.practice.feed import origin_of
from sinergia.engine.practice.report import GONE, REPORT, written_report
from sinergia.engine.refusal import Gap, Refused
from sinergia.practices.actions.reported import note_checked
from sinergia.practices.actions.reporting import note_sent, note_unsent
from sinergia.practices.actions.signing import own_key, signature_of
from sinergia.practices.models import AdoptionReport, ReportedAdoption

SIGNATURE = "Sinergia-Signature"
PATH = "/practices/feed/adoptions/"  # the same at every installation: a part of the format
KEY_PATH = "/practices/feed/key.json"
LIMITS = Limits(20.0, 64 * 1024)
TAKEN = (HTTPStatus.OK, HTTPStatus.ACCEPTED)
FINAL = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)  # the practice stands there no more


def told_by(report: AdoptionReport) -> dict[str, object]:
    """What is sent, and nothing else."""
    adoption = report.adoption
    whose, foreign = adoption.organisation, adoption.practice.foreign
    page = reverse("organisations:detail", args=[whose.key]) if whose.is_public else ""
    return {
        "schema": REPORT,
        "site": f"{settings.SITE_URL}/",
        "key": own_key(),
        "home": foreign.feed.site,
        "practice": foreign.home_key,
        "adoption": adoption.key,
        "number": report.number,
        "state": adoption.state if report.is_agreed else GONE,
        "since": adoption.made_at.date(),
        "organisation": whose.name[:500] if report.is_agreed else "",
        "region": whose.region.name_ru if whose.region is not None and report.is_agreed else "",
        "address": f"{settings.SITE_URL}{page}" if page and report.is_agreed else "",
    }


def deliver(report: AdoptionReport, *, now: datetime) -> None:
    """Send it. Raises Refused where the home did not take it; sent twice it is taken once."""
    content = written_report(told_by(report))
    headers = {"Content-Type": "application/json", SIGNATURE: signature_of(content)}
    site = report.adoption.practice.foreign.feed.site.rstrip("/")
    try:
        answer = call(f"{site}{PATH}", headers=headers, body=content, limits=LIMITS)
        if answer.status not in (*TAKEN, *FINAL):
            raise Refused([Gap("outside.status", values={"status": answer.status})])
    except Refused as refusal:
        note_unsent(report, refusal.gaps[0])
        raise
    if answer.status in FINAL:
        note_unsent(report, Gap("report.gone_at_home"))
        return
    note_sent(report, report.number, now=now)


def check(reported: ReportedAdoption, *, now: datetime) -> None:
    """Ask the site that was named whether the key is its own. Raises Refused where it is not."""
    answer = call(f"{reported.site}{KEY_PATH}", limits=LIMITS)
    if answer.status != HTTPStatus.OK:
        raise Refused([Gap("outside.status", values={"status": answer.status})])
    if origin_of(answer.address) != origin_of(reported.site):  # it led on: another site's word
        raise Refused([Gap("report.not_signed")])
    try:
        told = json.loads(answer.content)
    except ValueError:
        told = None
    if not isinstance(told, dict) or told.get("key") != reported.public_key:
        raise Refused([Gap("report.not_signed")])
    note_checked(reported, now=now)
