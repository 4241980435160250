"""A visit that is over and public, with people who agreed and people who did not."""

from io import BytesIO
from uuid import UUID

from django.test import Client
from docx import Document
from pypdf import PdfReader

from sinergia.exchange.actions.consents import agree_to_quote, give_visit_consent
from sinergia.exchange.actions.press import Spoken, publish_item, save_press, write_quote
from sinergia.exchange.forms.press import _kept
from sinergia.exchange.models import Delegate, PressVersion, Quote, Visit, VisitCourse
from sinergia.exchange.queries.press import press_facts
from sinergia.exchange.words.press import lines_of
from sinergia.people.models import Person
from tests.arrange import a_consultant, a_practice, a_visit, an_organisation
from tests.exchange.arrange_home import AFTER, a_commitment, a_session, a_traveller, person_of

SECRET = "Серебренникова"  # the surname of whoever has not agreed
NEVER = "Нам обещали больше, чем показали"  # what nobody agreed to


def a_public_visit() -> tuple[Visit, Person, Delegate, Delegate]:
    """The visit, who prepares it, who agreed to be named, who agreed to nothing."""
    visit = a_visit()
    visit.stage, visit.aims = Visit.Stage.DONE, "Посмотреть службы реабилитации"
    visit.save()
    VisitCourse.objects.filter(visit=visit).update(is_public=True)
    author = a_consultant("larisa", centre=visit.centre)
    body = an_organisation("Завтра у реки")
    named = a_traveller("Яровая Татьяна Ивановна", visit, organisation=body, is_lead=True)
    silent = a_traveller(f"{SECRET} Ольга Петровна", visit)
    practice = a_practice("Домашний маршрут")
    practice.stage = practice.Stage.PUBLISHED
    practice.save()
    a_session(visit, "Реабилитация на дому", practice)
    a_commitment(silent)
    give_visit_consent(named, "named", actor=person_of(named), now=AFTER)
    return Visit.objects.select_related("course", "centre").get(pk=visit.pk), author, named, silent


def a_quote(
    visit: Visit, author: Person, text: str, delegate: Delegate | None, *, is_agreed: bool
) -> Quote:
    """What somebody said; a host where there is no delegate."""
    spoken = Spoken(text, delegate, "" if delegate else "Крутояров Б. Л.", "директор")
    quote = write_quote(visit, spoken, actor=author, now=AFTER)
    if is_agreed:
        speaker = person_of(delegate) if delegate else author
        told = "" if delegate else "сказал 17.10"
        agree_to_quote(quote, seen=quote.digest, told=told, actor=speaker, now=AFTER)
    return quote


def kept(
    visit: Visit, author: Person, *, more: str = "", side: str = "host", language: str = "ru"
) -> PressVersion:
    """The note as the facts give it, with a sentence by hand, kept and published."""
    facts = press_facts(visit, now=AFTER)
    rows = [_kept(one, one.text) for one in lines_of(facts, side, language, None)]
    if more:
        rows.append(type(rows[0])("own-1", more))
    made = save_press(visit, side, language, rows, seen=0, actor=author, now=AFTER)
    name = f"press-{side}-{language}"
    publish_item(visit, name, seen=made.number, actor=author, now=AFTER)
    return made


def outside(visit: Visit, client: Client, side: str = "host", language: str = "ru") -> str:
    """All that anybody reads of a visit: its page, its note as page, PDF and DOCX, its report."""
    client.logout()
    base = f"/visits/{visit.key}/"
    told = [client.get(base), client.get(f"{base}press/{side}/{language}/")]
    told.append(client.get(f"{base}publication/report/"))
    pages = [one.content.decode() for one in told if one.status_code == 200]
    paper = client.get(f"{base}press/{side}/{language}.pdf")
    if paper.status_code == 200:
        pages.append(text_of_pdf(paper.content))
    for address in (f"press/{side}/{language}.docx", "publication/report.docx"):
        paper = client.get(base + address)
        if paper.status_code == 200:
            pages.append(text_of_docx(paper.content))
    return "\n".join(pages)


def text_of_pdf(content: bytes) -> str:
    """The words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def text_of_docx(content: bytes) -> str:
    """The words of a DOCX, those of its tables too."""
    paper = Document(BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])


def photo_url(visit: Visit, photo: UUID) -> str:
    """The picture itself."""
    return f"/visits/{visit.key}/photos/{photo}/"
