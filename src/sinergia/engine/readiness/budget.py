"""Sums against the rules: size of the request, caps of articles, one's own part; and advice."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal

from sinergia.engine.project.document import Document, Line
from sinergia.engine.refusal import Gap
from sinergia.engine.text import words_of
from sinergia.packs.rules import Rules
from sinergia.packs.rules.schema import Advice, Article

BEGINNING = 5  # letters by which a post is known


def budget_gaps(document: Document, rules: Rules) -> Iterator[Gap]:
    """What hinders: no request, one that is too small or large, caps, lines that make no sense."""
    if not document.lines:
        return
    asked = document.asked_minor
    yield from _request(document, rules)
    for article in rules.budget.articles:
        yield from _cap(article, _asked_under(document.lines, [article.code]), asked)
    known = {one.code for one in rules.budget.articles}
    above = {code.partition(".")[0] for code in known if "." in code}
    for line in document.lines:
        path = f"lines/{line.id}"
        if line.article not in known - above:
            yield Gap("line.article", f"{path}/article")
        if line.own_minor > line.total_minor:
            yield Gap("line.own", f"{path}/own")
        if not line.total_minor:
            yield Gap("line.nothing", f"{path}/price")
        if rules.budget.is_comment_required and not line.comment.strip():
            yield Gap("line.comment", f"{path}/comment")


def budget_advice(document: Document, rules: Rules) -> Iterator[Gap]:
    """Norms that are advice and no demand of the rules."""
    if document.asked_minor <= 0:
        return
    yield from _posts(document, rules.budget.posts or ())
    for advice in rules.budget.advice:
        if advice.kind == "share_of_request":
            yield from _share(advice, document)
        else:
            yield from _lines(advice, document)


def _posts(document: Document, articles: Sequence[str]) -> Iterator[Gap]:
    """Lines that pay a post which nobody of the head and the team has; where posts are told."""
    people = [*document.rows["head"], *document.rows["team"]]
    told = [one.texts[cell] for one in people for cell in ("role", "duties") if cell in one.texts]
    known = {beginning for text in told for beginning in _beginnings(text)}
    for line in document.lines if known else ():
        if _is_under(line.article, articles) and not _beginnings(line.what) & known:
            yield Gap("line.nobody", f"lines/{line.id}/what")


def _beginnings(text: str) -> set[str]:
    """Words by their beginnings: a post stands in the plural or in another case, too."""
    return {word[:BEGINNING] for word in words_of(text) if len(word) >= BEGINNING}


def _request(document: Document, rules: Rules) -> Iterator[Gap]:
    asked, budget = document.asked_minor, rules.budget
    if not document.total_minor:
        return  # each line says that it costs nothing
    if asked <= 0:
        yield Gap("money.nothing", "lines")
        return
    if asked < budget.least_minor:
        values: dict[str, str | int] = {"asked_minor": asked, "least_minor": budget.least_minor}
        yield Gap("money.small", "lines", values)
    if budget.most_minor is not None and asked > budget.most_minor:
        values = {"asked_minor": asked, "most_minor": budget.most_minor}
        yield Gap("money.large", "lines", values)
    direction = document.texts.get("direction", "")
    if rules.category_of(asked, months=document.months, direction=direction) is None:
        yield Gap("money.no_size", "lines", {"asked_minor": asked})
    least = _part(asked, budget.own_share)
    if document.own_minor < least:
        values = {"own_minor": document.own_minor, "least_minor": least}
        yield Gap("money.own", "lines", values)


def _cap(article: Article, spent: int, asked: int) -> Iterator[Gap]:
    most = article.most_minor
    if article.most_share is not None and asked > 0:
        share = int((asked * article.most_share).to_integral_value(ROUND_FLOOR))
        most = share if most is None else min(most, share)
    if most is not None and spent > most:
        values: dict[str, str | int] = {"article": article.code, "spent_minor": spent}
        yield Gap("article.cap", "lines", values | {"most_minor": most})


def _share(advice: Advice, document: Document) -> Iterator[Gap]:
    spent = _asked_under(document.lines, advice.articles)
    most = int((document.asked_minor * (advice.share or Decimal(0))).to_integral_value(ROUND_FLOOR))
    if spent > most:
        values: dict[str, str | int] = {"spent_minor": spent, "most_minor": most}
        yield Gap(f"advice.{advice.code}", "lines", values)


def _lines(advice: Advice, document: Document) -> Iterator[Gap]:
    for line in document.lines:
        if not _is_under(line.article, advice.articles):
            continue
        is_price = advice.kind == "price_of_line"
        spent = line.price_minor if is_price else line.asked_minor
        if advice.most_minor is not None and spent > advice.most_minor:
            values: dict[str, str | int] = {"spent_minor": spent, "most_minor": advice.most_minor}
            cell = "price" if is_price else "what"
            yield Gap(f"advice.{advice.code}", f"lines/{line.id}/{cell}", values)


def _asked_under(lines: Iterable[Line], articles: Iterable[str]) -> int:
    under = list(articles)
    return sum(line.asked_minor for line in lines if _is_under(line.article, under))


def _is_under(article: str, articles: Iterable[str]) -> bool:
    return any(article == one or article.startswith(f"{one}.") for one in articles)


def _part(sum_minor: int, share: Decimal) -> int:
    """A share of a sum, rounded up: a part that is due is due whole."""
    return -int((-sum_minor * share).to_integral_value(ROUND_FLOOR))
