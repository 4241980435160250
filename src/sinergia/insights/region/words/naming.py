"""What figures and the lines of tables are called, and what exactly each of them counts."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from sinergia.applications.queries.filters import SIZES
from sinergia.base.ui.parts import Tile
from sinergia.base.ui.templatetags.figures import NOTHING, count, money, money_short, percent
from sinergia.insights.region.queries.figures import FEW, Block, Figures, Line, Step
from sinergia.insights.region.words.speaking import address_of

STEPS = {
    "submitted": pgettext_lazy("figures", "Submitted"),
    "admitted": gettext_lazy("Admitted to the contest"),
    "decided": gettext_lazy("Decided by the fund"),
    "won": pgettext_lazy("figures", "Won"),
    "declined": gettext_lazy("Of them declined the grant later"),
    "not_admitted": pgettext_lazy("figures", "Not admitted"),
    "withdrawn": pgettext_lazy("figures", "Withdrawn"),
    "pending": gettext_lazy("Not decided yet"),
    "unknown": pgettext_lazy("figures", "Outcome unknown"),
}


def tiles_of(block: Block) -> list[Tile]:
    """The main figures of a currency, each with the rows it opens and what it counts."""
    won, submitted = block.won.value, block.submitted.value
    return [
        Tile(
            count(submitted),
            ngettext("project submitted", "projects submitted", submitted),
            address_of(block.submitted),
            _("Every application that was registered, whatever became of it."),
        ),
        Tile(
            count(block.organisations.value),
            ngettext("organisation", "organisations", block.organisations.value),
            address_of(block.organisations),
            _("Each is counted once, however often it applied."),
        ),
        Tile(
            count(won),
            ngettext("project won", "projects won", won),
            address_of(block.won),
            won_note(block),
        ),
        Tile(
            money_short(block.awarded.value, block.currency or "RUB"),
            _("sum of support"),
            address_of(block.awarded),
            _("Exactly %s: the sums of the fund's decisions.")
            % money(block.awarded.value, block.currency or "RUB"),
        ),
        Tile(
            share_words(won, submitted),
            _("share of winners"),
            address_of(block.won),
            share_note(block),
        ),
    ]


def won_note(block: Block) -> str:
    """What counts as won, and how many of those were declined afterwards."""
    if not block.declined.value:
        return _("Decided in favour by the fund.")
    said = ngettext(
        "Decided in favour by the fund; %(count)s of them was declined by its winner afterwards.",
        "Decided in favour by the fund; %(count)s of them were declined by their winners "
        "afterwards.",
        block.declined.value,
    )
    return said % {"count": count(block.declined.value)}


def share_words(won: int, submitted: int) -> str:
    """A share in per cent; of a few, as "4 of 11"; a dash where nothing was submitted."""
    if not submitted:
        return NOTHING
    if submitted < FEW:
        values = {"won": count(won), "submitted": count(submitted)}
        return _("%(won)s of %(submitted)s") % values
    return percent(won / submitted)


def share_note(block: Block) -> str:
    """What the share is of, and how many are not decided yet."""
    waiting = block.pending.value + block.unknown.value
    if not waiting:
        return _("Won of all that were submitted.")
    said = ngettext(
        "Won of all that were submitted; the outcome of %(count)s is not known yet.",
        "Won of all that were submitted; the outcome of %(count)s is not known yet.",
        waiting,
    )
    return said % {"count": count(waiting)}


def name_of(line: Line, part: str) -> str:
    """What a line of a table is called; `part`: year, theme, municipality, size or fund."""
    if part == "size":
        return size_name(line.code)
    if line.is_known:
        return line.code if part == "year" else line.name
    return {
        "year": _("Year not known"),
        "theme": _("Outside the region's themes"),
        "municipality": _("Municipality not known"),
    }[part]


def size_name(code: str) -> str:
    """A size by the sum that was asked, in whole units of the currency."""
    codes, bounds = list(SIZES), list(SIZES.values())
    place = codes.index(code)
    if place == 0:
        return _("up to %s") % count(bounds[0])
    if bounds[place] is None:
        return _("over %s") % count(bounds[place - 1])
    return _("over %(from)s, up to %(to)s") % {
        "from": count(bounds[place - 1]),
        "to": count(bounds[place]),
    }


def step_name(step: Step) -> str:
    """A step of the way to a grant."""
    return str(STEPS[step.code])


def title_of(figures: Figures) -> str:
    """What the brief is of: the region, and the fund and year where one is asked."""
    parts = [figures.region.name, figures.fund.name if figures.fund else "", year_words(figures)]
    return ", ".join(part for part in parts if part)


def scope_of(figures: Figures) -> str:
    """Which applications are counted, in a line under the title."""
    fund = figures.fund.name if figures.fund else _("all funds")
    values = {"fund": fund, "years": year_words(figures) or _years(figures)}
    if not values["years"]:
        return _("Applications to contests: %(fund)s") % values
    return _("Applications to contests: %(fund)s, %(years)s") % values


def year_words(figures: Figures) -> str:
    """The asked year; nothing for all of them."""
    if figures.year:
        return str(figures.year)
    return _("year not known") if figures.asked.year else ""


def _years(figures: Figures) -> str:
    years = [line.code for block in figures.blocks for line in block.by_year if line.is_known]
    first, last = min(years, default=""), max(years, default="")
    return first if first == last else f"{first}–{last}"


def awaiting_words(figures: Figures) -> str:
    """How many rows wait for a person to say whose they are; they are counted all the same."""
    number = figures.awaiting.value
    said = ngettext("%(count)s row awaits a person.", "%(count)s rows await a person.", number)
    return said % {"count": count(number)}


def definitions(figures: Figures) -> Sequence[tuple[str, str]]:
    """What the words of the brief mean, for the page and for paper."""
    scope = figures.fund.name if figures.fund else _("all funds whose tables were loaded")
    awaiting = [(_("To be settled"), awaiting_words(figures))] if figures.awaiting.value else []
    return [
        (
            pgettext("figures", "Submitted"),
            _("Every application that was registered, whatever became of it."),
        ),
        (
            pgettext("figures", "Won"),
            _(
                "The fund decided in favour. A grant declined after the decision stays among the "
                "won and among the decided; its row has a note."
            ),
        ),
        (
            _("Sum of support"),
            _("The sums of the decisions, those of declined grants among them."),
        ),
        (
            _("Year"),
            _(
                "The year of the contest: from its name, else from the application's number, else "
                "from the date of decision. Each row says which."
            ),
        ),
        (
            _("Region"),
            _("As it was filed in the application; where the project works is another figure."),
        ),
        (_("Funds"), scope),
        *awaiting,
    ]
