"""How slow this machine is just now: a bound in seconds is set for one, and must hold on others."""

import time

USUAL = 0.03  # seconds that the sum below takes on the machine of docs/testing.md


def slowness() -> float:
    """How many times slower this processor is right now than usual; never below one."""
    begun = time.thread_time()
    sum(number * number for number in range(1_000_000))
    return max(1.0, (time.thread_time() - begun) / USUAL)
