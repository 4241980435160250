"""How long a look through the whole register takes: python -m bench.doubles."""

import random
import time

from sinergia.engine.doubles import Traits, suspect

ROWS = 200_000
WORDS = "забота шаг дом река семья берег луч мост сад свет путь круг".split()  # noqa: SIM905


def a_register(rows: int) -> list[Traits]:
    """Organisations of 85 regions; one in a hundred stands there twice, once without numbers."""
    chance = random.Random(2026)
    made = []
    for row in range(1, rows + 1):
        name = f"автономная некоммерческая организация «{chance.choice(WORDS)} {row % 40_000}»"
        town, is_double = chance.randrange(1, 2_500), row % 100 == 0
        ogrn = "" if is_double else f"1{row:012d}"
        made.append(Traits(row, name, region=town % 85 + 1, town=town, ogrn=ogrn))
    return made


if __name__ == "__main__":
    register = a_register(ROWS)
    started = time.perf_counter()
    found = suspect(register)
    seconds = time.perf_counter() - started
    print(f"{ROWS} organisations looked through in {seconds:.1f} s, {len(found)} pairs")  # noqa: T201
