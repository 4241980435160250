"""How the review of a contest goes, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import count, day
from sinergia.calls.models import Contest
from sinergia.engine.shown import number_shown
from sinergia.packs.rules.schema import Rules
from sinergia.review.models import Flag
from sinergia.review.queries.calling import Able, Need
from sinergia.review.queries.course import DAYS, EARLIER, LATELY, Board, Progress
from sinergia.review.queries.listing import SheetFilter
from sinergia.review.queries.ranking import RankingFilter

NOTHING = "—"
WHO = ("late", "idle", "slow")


@dataclass(frozen=True)
class Bar:
    """A number with its name, what opens its rows, and its share of the greatest."""

    name: str
    number: int
    url: str
    share: float


def tabs_said(contest: Contest, here: str) -> list[tuple[str, str, bool]]:
    """Pages of a contest's review: words, address, which one is shown."""
    pages = [
        ("board", _("Course of the review")),
        ("sheets", _("Score sheets")),
        ("ranking", _("Ranking")),
        ("further", _("Further experts")),
    ]
    key = contest.call.key
    return [(words, reverse(f"course:{name}", args=[key]), name == here) for name, words in pages]


def tiles_said(board: Board, contest: Contest, further: int) -> list[tuple[int, str, str]]:
    """Counts with their words and the addresses of their rows."""
    sheets, ranking = (_at(name, contest) for name in ("sheets", "ranking"))
    late = sum(one.is_late for one in board.experts)
    tiles = [
        (board.given, ngettext("sheet given", "sheets given", board.given), sheets),
        (board.begun, _("of them begun"), f"{sheets}?stage=begun"),
        (board.signed, _("of them signed"), f"{sheets}?stage=signed"),
        (
            board.full,
            ngettext("application read by all", "applications read by all", board.full),
            f"{ranking}?state=full",
        ),
        (board.divergent, _("with sheets far apart"), f"{ranking}?state=divergent"),
        (further, _("need one more expert"), _at("further", contest)),
        (late, ngettext("expert is late", "experts are late", late), "?who=late#experts"),
    ]
    return [(number, words, url if number else "") for number, words, url in tiles]


def forecast_said(board: Board) -> list[str]:
    """When everything will be signed if it goes on so, and who will not be in time."""
    if not board.given:
        return []
    if board.signed == board.given:
        return [_("Every sheet is signed.")]
    if board.ends_in is None:
        told = ngettext(
            "Nothing was signed within the last %(days)s day.",
            "Nothing was signed within the last %(days)s days.",
            LATELY,
        )
        said = [told % {"days": LATELY}]
    else:
        ends = {"day": day(board.today + timedelta(days=board.ends_in))}
        said = [_("At this pace all are signed on %(day)s.") % ends]
    slow = sum(one.is_slow for one in board.experts)
    if slow and board.term is not None:
        told = ngettext(
            "%(count)s expert will not be in time.", "%(count)s experts will not be in time.", slow
        )
        said.append(told % {"count": count(slow)})
    return said


def of_experts(board: Board, who: str) -> list[Progress]:
    """Experts that are asked for, those with most left to sign first."""
    found = [one for one in board.experts if who not in WHO or getattr(one, f"is_{who}")]
    return sorted(found, key=lambda one: (not one.is_late, -one.left, one.expert.pk))


def who_said(board: Board, who: str) -> list[tuple[str, str, bool]]:
    """Tabs above the table of experts."""
    numbers = {
        "late": sum(one.is_late for one in board.experts),
        "idle": sum(one.is_idle for one in board.experts),
        "slow": sum(one.is_slow for one in board.experts),
    }
    words = {"late": _("Late"), "idle": _("Nothing begun"), "slow": _("Will not be in time")}
    every = pgettext("experts", "All")
    tabs = [(f"{every} ({count(len(board.experts))})", "?#experts", who not in WHO)]
    return tabs + [
        (f"{words[code]} ({count(numbers[code])})", f"?who={code}#experts", who == code)
        for code in WHO
    ]


def state_said(one: Progress) -> tuple[str, str]:
    """How an expert stands, with the kind of its badge."""
    if not one.given:
        return "neutral", _("nothing given")
    if not one.left:
        return "ok", _("all signed")
    if one.is_late:
        return "bad", pgettext("expert", "late")
    if one.is_idle:
        return "warn", _("nothing begun")
    return ("warn", _("will not be in time")) if one.is_slow else ("neutral", _("under way"))


def days_said(board: Board, contest: Contest) -> list[Bar]:
    """Signed sheets by day."""
    sheets, first = _at("sheets", contest), board.today - timedelta(days=DAYS - 1)
    before = SheetFilter(until=first.isoformat()).to_query()
    named = [
        (_("earlier"), number, f"{sheets}?{before}")
        if code == EARLIER
        else (day(date.fromisoformat(code)), number, f"{sheets}?{SheetFilter(day=code).to_query()}")
        for code, number in board.days
    ]
    return _bars(named)


def signed_said(board: Board, contest: Contest) -> list[Bar]:
    """Applications by the number of their signed sheets."""
    ranking = _at("ranking", contest)
    named = [
        (
            ngettext("%(count)s sheet signed", "%(count)s sheets signed", signed)
            % {"count": count(signed)},
            number,
            f"{ranking}?{RankingFilter(sheets=str(signed)).to_query()}",
        )
        for signed, number in sorted(board.by_signed.items())
    ]
    return _bars(named)


def flags_said(board: Board, contest: Contest) -> list[tuple[int, str, str]]:
    """What looks hasty, with the addresses of its sheets."""
    sheets = _at("sheets", contest)
    numbers = {code: board.flags.get(code, 0) for code in Flag.Kind}
    quick, same, flat = numbers[Flag.Kind.QUICK], numbers[Flag.Kind.SAME], numbers[Flag.Kind.FLAT]
    labels = {
        Flag.Kind.QUICK: ngettext(
            "sheet signed in under two minutes", "sheets signed in under two minutes", quick
        ),
        Flag.Kind.SAME: ngettext(
            "sheet the same as another of its expert",
            "sheets the same as another of their expert",
            same,
        ),
        Flag.Kind.FLAT: ngettext(
            "sheet with all criteria scored alike", "sheets with all criteria scored alike", flat
        ),
    }
    return [
        (number, labels[code], f"{sheets}?flag={code}" if number else "")
        for code, number in numbers.items()
    ]


def late_said(one: Able) -> str:
    """That an expert is late, and with how much; "" of who is in time."""
    late = ngettext("late with %(count)s sheet", "late with %(count)s sheets", one.late)
    return late % {"count": one.late} if one.late else ""


def offered_said(able: Sequence[Able]) -> list[tuple[str, str]]:
    """Experts as choices: who, how close to the application, with what room; who is late."""
    room = [
        ngettext("may take %(count)s more", "may take %(count)s more", one.room)
        % {"count": one.room}
        + (f", {late_said(one)}" if one.late else "")
        for one in able
    ]
    return [
        (
            str(one.expert.key),
            _("%(code)s · %(name)s — fits by %(affinity)s of 100, %(room)s")
            % {
                "code": one.expert.code,
                "name": one.expert.name,
                "affinity": one.affinity,
                "room": left,
            },
        )
        for one, left in zip(able, room, strict=True)
    ]


def need_said(need: Need, rules: Rules, language: str) -> str:
    """Why an application needs one more expert."""
    values = {
        "spread": rating_said(need.examination.spread, language),
        "rating": rating_said(need.examination.preliminary, language),
    }
    line = rules.selection.lines.get(need.examination.category, rules.selection.line)
    values["line"] = rating_said(line, language)
    told = {
        "divergence": _("Sheets are %(spread)s points apart."),
        "near_line": _("The rating %(rating)s is near the line %(line)s."),
        "missing": _("An expert has gone, and nobody stands for them."),
    }
    return told[need.why] % values


def rating_said(rating: Decimal | None, language: str | None = None, decimals: int = 2) -> str:
    """62.3 -> 62,30, and 62.345 stays so: no decimal that it has is left out; none is a dash."""
    if rating is None:
        return NOTHING
    its = -int(rating.normalize().as_tuple().exponent)
    text = f"{rating:.{max(decimals, its)}f}"
    spoken = language or get_language() or "ru"
    return text if spoken == "en" else text.replace(".", ",")


def moved_said(moved: Sequence[Mapping[str, object]], language: str) -> list[dict[str, object]]:
    """What an exclusion moves, line by line, with the words of who crosses the line."""
    crossed = {"up": _("passes the line now"), "down": _("falls below the line"), "": ""}
    return [
        {
            **one,
            "before": rating_said(_decimal(one["before"]), language),
            "after": rating_said(_decimal(one["after"]), language),
            "crossed": crossed[str(one["crosses"])],
        }
        for one in moved
    ]


def _decimal(text: object) -> Decimal | None:
    return Decimal(str(text)) if text else None


def _bars(named: Sequence[tuple[str, int, str]]) -> list[Bar]:
    most = max((number for _name, number, _url in named), default=0) or 1
    return [Bar(name, number, url, number / most) for name, number, url in named]


def _at(name: str, contest: Contest) -> str:
    return reverse(f"course:{name}", args=[contest.call.key])


def more_said(number: int, language: str) -> str:
    """How many applications beside those that were read change their place."""
    return ngettext(
        "%(count)s other application changes its place.",
        "%(count)s other applications change their place.",
        number,
    ) % {"count": number_shown(number, language)}
