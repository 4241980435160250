"""What experts of the demo give and write: scores that come to a rating, words that fit them.

A rating is met exactly: weights are halves, so that scores of one step of the scale come to
multiples of half a step.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from random import Random

from sinergia.engine.sheet import COMMENTS, LESS, RECOMMENDATION, REFUSE, SCORES, SUM, SUPPORT
from sinergia.packs.rules import Rules
from sinergia.web.demo import stock

HALF = 2  # weights are counted in halves
SPREAD = 0.11  # of the scale, by which criteria of one sheet differ
TRIES = 1_000
HIGH, MIDDLE = Decimal(8), Decimal(5)  # of a score
GOOD, FAIR = Decimal(75), Decimal("62.5")  # of a rating
SAID = 3  # criteria with a word of their own
Scores = dict[str, Decimal]


def scores_to(rating: Decimal, rules: Rules, category: str, *, chance: Random) -> Scores:
    """Scores of one sheet that come to a rating. Raises ValueError where none do."""
    weights, step = _weights(rules, category), rules.scoring.scale.step
    target, top = _units(rating, step), int(rules.scoring.scale.most / step)
    middle = target / sum(weights.values())
    found = {
        code: min(max(round(chance.gauss(middle, top * SPREAD)), 1), top - 1) for code in weights
    }
    return _settled(found, target, weights, top=top, by=1, chance=chance, step=step)


def beside(
    scores: Mapping[str, Decimal], rating: Decimal, rules: Rules, category: str, *, chance: Random
) -> Scores:
    """Another sheet's scores, an even number of steps from these: their mean needs no rounding."""
    weights, step = _weights(rules, category), rules.scoring.scale.step
    top = int(rules.scoring.scale.most / step)
    found = {code: int(score / step) for code, score in scores.items()}
    for first, second in _alike(weights, chance):
        moved = HALF * chance.randint(1, max(top // 16, 1))
        if found[first] + moved <= top and found[second] >= moved:
            found[first], found[second] = found[first] + moved, found[second] - moved
    target = _units(rating, step)
    return _settled(found, target, weights, top=top, by=HALF, chance=chance, step=step)


def texts_of_sheet(
    scores: Mapping[str, Decimal], rating: Decimal, asked_minor: int, *, chance: Random
) -> dict[str, str]:
    """A whole sheet by its paths: scores, what is strong, what lowers, what to mend, the advice."""
    texts = {f"{SCORES}/{code}": _typed(score) for code, score in scores.items()}
    order = sorted(scores, key=lambda code: (scores[code], chance.random()))
    weakest = order[:1] if rating >= GOOD else order[:2]
    strongest = order[: -3 if rating >= GOOD else -2 : -1]
    for prompt, codes in (("strong", strongest), ("lowers", weakest), ("mend", weakest)):
        words = stock.review()[prompt]
        texts[prompt] = " ".join(chance.choice(words[code]["texts"]) for code in codes)
    for code in chance.sample(sorted(scores), SAID):
        texts[f"{COMMENTS}/{code}"] = chance.choice(_short(scores[code]))
    return texts | advice(rating, asked_minor, chance=chance)


def advice(rating: Decimal, asked_minor: int, *, chance: Random) -> dict[str, str]:
    """What is recommended at a rating, with a smaller sum now and then."""
    if rating < FAIR:
        return {RECOMMENDATION: REFUSE}
    if rating >= GOOD or chance.random() < 0.5:
        return {RECOMMENDATION: SUPPORT}
    thousands = int(asked_minor * chance.uniform(0.82, 0.95)) // 100_000
    return {RECOMMENDATION: LESS, SUM: f"{thousands:,} 000".replace(",", " ")}


def _settled(
    found: dict[str, int],
    target: int,
    weights: Mapping[str, int],
    *,
    top: int,
    by: int,
    chance: Random,
    step: Decimal,
) -> Scores:
    """Move scores step by step until they come to the target."""
    for _try in range(TRIES):
        left = target - sum(weights[code] * found[code] for code in weights)
        if not left:
            return {code: step * number for code, number in found.items()}
        moved = by if left > 0 else -by
        free = [code for code in weights if 0 <= found[code] + moved <= top]
        fitting = [code for code in free if weights[code] * by <= abs(left)]
        if not free:
            break
        found[chance.choice(fitting or free)] += moved
    raise ValueError(target)


def _alike(weights: Mapping[str, int], chance: Random) -> Iterator[tuple[str, str]]:
    """Pairs of criteria that weigh alike, some of them."""
    codes = chance.sample(sorted(weights), len(weights))
    for first, second in zip(codes[::2], codes[1::2], strict=False):
        if weights[first] == weights[second]:
            yield first, second


def _weights(rules: Rules, category: str) -> dict[str, int]:
    return {one.code: int(one.weights[category] * HALF) for one in rules.criteria_of(category)}


def _units(rating: Decimal, step: Decimal) -> int:
    units = rating * HALF / step
    if units != int(units):
        raise ValueError(rating)
    return int(units)


def _short(score: Decimal) -> Sequence[str]:
    level = "high" if score >= HIGH else "middle" if score >= MIDDLE else "low"
    texts: Sequence[str] = stock.review()["short"][level]["texts"]
    return texts


def _typed(score: Decimal) -> str:
    return f"{score.normalize():f}".replace(".", ",")
