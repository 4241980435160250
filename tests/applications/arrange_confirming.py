"""Documents that confirm a submission."""

from datetime import datetime

from sinergia.base.files.actions import begin_upload, fill_upload
from sinergia.base.files.http import accept
from sinergia.base.files.models import SIGNED, Upload
from sinergia.people.models import Person
from tests.arrange import NOON
from tests.base.sent_files import a_pdf, a_signature


def a_scan(actor: Person, name: str = "scan.pdf", *, now: datetime = NOON) -> Upload:
    content = a_signature() if name.endswith(("sig", "p7s")) else a_pdf()
    upload = begin_upload(SIGNED, name=name, size=len(content), actor=actor, now=now)
    return accept(fill_upload(upload, [content]), now=now)
