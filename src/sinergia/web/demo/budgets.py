"""A budget that comes to given sums, to the kopeck, by one of the models of applicants."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sinergia.web.demo import stock
from sinergia.web.demo.applying import RATE, SOCIAL, Rows, price_of

PAY = "1.1"
NEARLY = 0.97  # of what is asked; the rest is one line
REST = ("Связь, почта, банковские услуги", "3", "По договорам организации")
OWN = ("Труд волонтёров", "9", "Наш вклад: часы по ставке такой же работы в районе")
EVENT = "a10003"


@dataclass(frozen=True, slots=True)
class _Line:
    """Roubles for one; own: of all of them."""

    what: str
    article: str
    price: int
    count: int
    own: int
    comment: str

    @property
    def asked(self) -> int:
        return self.price * self.count - self.own


def budget_to(asked: int, own: int, *, chance: Random) -> Rows:
    """Lines of which the grant is to pay `asked` kopecks and the organisation `own`."""
    models = [one["lines"] for one in stock.applying()["budgets"]]
    chance.shuffle(models)
    whole = [_sized(model, asked) for model in models]
    bare = _sized([[*line[:4], 0, line[5]] for line in models[0] if line[4] < 100], asked)
    lines = next((one for one in whole if sum(line.own for line in one) * 100 <= own), bare)
    rows = [
        (
            line.what,
            line.article,
            _shown(line.price * 100),
            line.count,
            line.own * 100,
            line.comment,
        )
        for line in lines
    ]
    rest = asked - sum(line.asked for line in lines) * 100
    more = own - sum(line.own for line in lines) * 100
    rows.append((REST[0], REST[1], _shown(rest), 1, 0, REST[2]))
    if more:
        rows.append((OWN[0], OWN[1], _shown(more), 1, more, OWN[2]))
    return list(_rows(rows))


def _sized(model: Sequence[list[Any]], asked: int) -> list[_Line]:
    """The lines of a model, nearly as dear as is asked and no dearer."""
    rate = NEARLY * asked / 100 / sum(line.asked for line in _lines(model, 1))
    lines = list(_lines(model, rate))
    while sum(line.asked for line in lines) * 100 >= asked:
        rate *= 0.995
        lines = list(_lines(model, rate))
    return lines


def _lines(model: Sequence[list[Any]], rate: float) -> Iterator[_Line]:
    pay = sum(price_of(line, rate) * line[3] for line in model if line[1] == PAY)
    for what, article, thousands, count, own, comment in model:
        line = [what, article, thousands, count, own, comment]
        price = round(pay * RATE) if article == SOCIAL else price_of(line, rate)
        said = comment.format_map({"price": _shown(price * 100), "base": _shown(pay * 100)})
        yield _Line(what, article, price, count, price * count * own // 100, said)


def _rows(lines: Sequence[tuple[str, str, str, int, int, str]]) -> Iterator[Any]:
    for number, (what, article, price, count, own, comment) in enumerate(lines, start=1):
        cells = {
            "what": what,
            "article": article,
            "price": price,
            "quantity": str(count),
            "own": _shown(own),
            "comment": comment,
            "event": EVENT,
        }
        yield "lines", f"b1000{number}", cells


def _shown(kopecks: int) -> str:
    roubles, rest = divmod(kopecks, 100)
    told = f"{roubles:,}".replace(",", " ")
    return f"{told},{rest:02d}" if rest else told
