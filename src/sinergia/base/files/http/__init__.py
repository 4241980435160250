"""Files between a browser and the rooms: taken in with a form, given out by a room's own view."""

from sinergia.base.files.http.receiving import accept, receive, receive_many
from sinergia.base.files.http.responding import respond_with

__all__ = ["accept", "receive", "receive_many", "respond_with"]
