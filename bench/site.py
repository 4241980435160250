"""Eight readers, each one page a second: how long each page takes and how heavy it is."""

import http.client
import itertools
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote, urlencode

READERS = 8
SECONDS = 75


@dataclass(frozen=True)
class Measured:
    """One page: its 95th percentile and slowest, milliseconds; bytes; how often it was read."""

    address: str
    p95: float
    slowest: float
    size: int
    times: int


def read_pages(port: int, addresses: list[str], cookie: str) -> list[Measured]:
    """Read pages as eight people do; each waits a second between two."""
    taken: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for address in addresses:  # once before: a first reader fills what the process keeps
        read_page(port, address, cookie)
    until = time.monotonic() + SECONDS

    def reader(place: int) -> None:
        time.sleep(place / READERS)
        for address in itertools.islice(itertools.cycle(addresses), place * 3, None):
            if time.monotonic() > until:
                return
            taken[address].append(read_page(port, address, cookie))
            time.sleep(1)

    threads = [threading.Thread(target=reader, args=(place,)) for place in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [_measured(address, taken[address]) for address in addresses if taken[address]]


def percentile(values: list[float], share: float = 0.95) -> float:
    """The value that `share` of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def sign_in(port: int, key: str) -> str:
    """Enter as one of the invented people; give the cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/sign-in/")
    response = connection.getresponse()
    page = response.read().decode()
    cookie = (response.headers["Set-Cookie"] or "").partition(";")[0]
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    headers["Referer"] = f"http://127.0.0.1:{port}/"
    body = urlencode({"csrfmiddlewaretoken": token})
    connection.request("POST", f"/demo/enter/{key}/", body, headers)
    answer = connection.getresponse()
    answer.read()
    cookies = [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or []]
    return "; ".join(cookies)


def read_page(port: int, address: str, cookie: str) -> tuple[float, int]:
    """Read one page; give milliseconds and bytes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.perf_counter()
    connection.request(
        "GET", quote(address, safe="/?&=-"), headers={"Cookie": cookie} if cookie else {}
    )
    response = connection.getresponse()
    body = response.read()
    seconds = time.perf_counter() - begun
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{address} answered {response.status}")
    return seconds * 1000, len(body)


def _measured(address: str, taken: list[tuple[float, int]]) -> Measured:
    times = [milliseconds for milliseconds, _ in taken]
    size = max(size for _, size in taken)
    return Measured(address, percentile(times), max(times), size, len(times))
