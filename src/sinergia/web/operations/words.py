"""Spans of time as people say them."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import npgettext

MINUTE, HOUR, DAY = 60, 3600, 86_400


def span(length: timedelta) -> str:
    """3 minutes; 2 days. The largest unit alone, cut and not rounded. Russian: the accusative."""
    seconds = max(0, int(length.total_seconds()))
    if seconds >= DAY:
        told = npgettext("span of time", "%(num)d day", "%(num)d days", seconds // DAY)
        return told % {"num": seconds // DAY}
    if seconds >= HOUR:
        told = npgettext("span of time", "%(num)d hour", "%(num)d hours", seconds // HOUR)
        return told % {"num": seconds // HOUR}
    if seconds >= MINUTE:
        told = npgettext("span of time", "%(num)d minute", "%(num)d minutes", seconds // MINUTE)
        return told % {"num": seconds // MINUTE}
    told = npgettext("span of time", "%(num)d second", "%(num)d seconds", seconds)
    return told % {"num": seconds}


def ago(length: timedelta) -> str:
    """3 minutes ago."""
    return _("%(span)s ago") % {"span": span(length)}
