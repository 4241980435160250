"""Files of the demo's people, taken in as if they had sent them."""

from datetime import datetime

from sinergia.base.files.actions import begin_upload, fill_upload
from sinergia.base.files.http import accept
from sinergia.base.files.models import DOCUMENT, Purpose, Upload
from sinergia.people.models import Person


def send(
    content: bytes, name: str, *, by: Person, now: datetime, purpose: Purpose = DOCUMENT
) -> Upload:
    """Send a file; a room has still to keep it."""
    upload = begin_upload(purpose, name=name, size=len(content), actor=by, now=now)
    return accept(fill_upload(upload, [content]), now=now)
