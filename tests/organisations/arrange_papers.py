"""Papers of an organisation for tests, and how their pages are read."""

from datetime import date

from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.base.files.models import StoredFile
from sinergia.organisations.actions import papers
from sinergia.organisations.models import Organisation, Paper
from sinergia.people.models import Person
from tests.arrange import NOON, an_upload
from tests.base import sent_files as made

TODAY = NOON.date()
MAY = date(2026, 5, 2)
SECRETS = ("Снегирёвой", "СВ-00118", "Доверенность на человека", "бухгалтер, по телефону")


def a_paper(organisation: Organisation, actor: Person, **given: object) -> Paper:
    return papers.write_paper(organisation, {"kind": "attorney"} | given, actor=actor, now=NOON)


def a_scanned_paper(organisation: Organisation, actor: Person, **given: object) -> Paper:
    return a_paper(organisation, actor, file=an_upload(actor), **given)


def a_secret_paper(organisation: Organisation, larisa: Person) -> Paper:
    """What is told about it stands nowhere else."""
    upload = an_upload(larisa, made.a_pdf(), f"{SECRETS[2]}.pdf")
    told = {"title": f"Выдана {SECRETS[0]}", "number": SECRETS[1], "told_by": SECRETS[3]}
    return a_paper(organisation, larisa, file=upload, ends_on=TODAY, **told)


def file_of(paper: Paper) -> StoredFile:
    paper.refresh_from_db()
    assert paper.file is not None
    return paper.file


def content_of(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert isinstance(response, StreamingHttpResponse)
    return response.getvalue()


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
