"""How far a share of a few may lie from what it would be for many."""

from math import sqrt


def wilson(won: int, submitted: int, *, z: float = 1.959964) -> tuple[float, float]:
    """Give the score interval of the share won / submitted; z = 1.96 makes it a 95 % one.

    With nothing submitted nothing is known: (0, 1). Raises ValueError unless 0 <= won <= submitted.
    Source: Wilson E. B. Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association, 1927, 22, 209-212.
    """
    if not 0 <= won <= submitted:
        raise ValueError("won must lie between 0 and submitted")
    if submitted == 0:
        return 0.0, 1.0
    share, square = won / submitted, z * z / submitted
    middle = share + square / 2
    reach = z * sqrt(share * (1 - share) / submitted + square / (4 * submitted))
    low, high = (middle - reach) / (1 + square), (middle + reach) / (1 + square)
    return (0.0 if won == 0 else low), (1.0 if won == submitted else high)
