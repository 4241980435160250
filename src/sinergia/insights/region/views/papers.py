"""A region's brief as a file."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergia.base.tables.sent import file_response
from sinergia.base.ui.templatetags.figures import moment
from sinergia.insights.region.papers.content import Paper, PaperTable, Section
from sinergia.insights.region.papers.docx import docx_of
from sinergia.insights.region.papers.pdf import pdf_of
from sinergia.insights.region.queries.figures import Block, Figures
from sinergia.insights.region.views.pages import figures_asked
from sinergia.insights.region.words.laying import currency_name
from sinergia.insights.region.words.naming import definitions, scope_of, tiles_of, title_of
from sinergia.insights.region.words.speaking import sentence_of, theses_of
from sinergia.insights.region.words.tables import Table, year_table
from sinergia.people.http import for_everyone


@require_safe
@for_everyone
def docx(request: HttpRequest, code: str) -> HttpResponse:
    """Give the brief to be edited."""
    figures, now = figures_asked(request, code), timezone.now()
    content = docx_of(paper_of(figures, page=_page(request, figures), now=now), now=now)
    return _file(content, figures, "docx")


@require_safe
@for_everyone
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Give the brief to be printed and sent."""
    figures, now = figures_asked(request, code), timezone.now()
    content = pdf_of(paper_of(figures, page=_page(request, figures), now=now), now=now)
    return _file(content, figures, "pdf")


def paper_of(figures: Figures, *, page: str, now: datetime) -> Paper:
    """Put a brief together in the reader's language. `page`: where its numbers open their rows."""
    return Paper(
        language=get_language() or "ru",
        kind=_("Brief on a region"),
        heading=figures.region.name,
        title=title_of(figures),
        scope=scope_of(figures),
        sections=[_section(figures, block) for block in figures.blocks],
        theses_title=_("To say in a speech"),
        notes_title=_("What is counted"),
        notes=list(definitions(figures)),
        foot=[
            _("Made %s") % made_words(now, figures.region.time_zone),
            _("Every number opens its rows: %s") % page,
        ],
        page_words=_("Page {page} of {pages}"),
    )


def made_words(now: datetime, zone: str) -> str:
    """A moment with its zone named: the region's, or the installation's."""
    try:
        zone_info = ZoneInfo(zone) if zone else timezone.get_default_timezone()
    except (ZoneInfoNotFoundError, ValueError):
        zone_info = timezone.get_default_timezone()
    with timezone.override(zone_info):
        return f"{moment(now)} ({timezone.get_current_timezone_name()})"


def _section(figures: Figures, block: Block) -> Section:
    language = get_language() or "ru"
    theses = theses_of(figures, block, language)
    return Section(
        title=currency_name(block.currency) if len(figures.blocks) > 1 else "",
        sentence=sentence_of(figures, block, language),
        figures=[(tile.label, tile.value) for tile in tiles_of(block)],
        years=_paper_table(year_table(block)),
        theses=["".join(piece.text for piece in thesis) for thesis in theses],
    )


def _paper_table(table: Table) -> PaperTable:
    total: Sequence[str] = []
    if table.total:
        total = [table.total.name, *(cell.text for cell in table.total.cells)]
    rows = [[row.name, *(cell.text for cell in row.cells)] for row in table.rows]
    return PaperTable(table.title, table.head, rows, total)


def _page(request: HttpRequest, figures: Figures) -> str:
    address = request.build_absolute_uri(request.path.rpartition("/")[0] + "/")
    query = figures.asked.to_query(region="")
    return f"{address}?{query}" if query else address


def _file(content: bytes, figures: Figures, ending: str) -> HttpResponse:
    parts = ["brief", figures.region.code, figures.asked.year]
    name = "-".join(part for part in parts if part)
    return file_response(content, f"{name}.{ending}")
