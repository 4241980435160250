"""Addresses of sites as people and registers write them."""

import re
from functools import lru_cache

from sinergia.engine.numbers import is_nothing
from sinergia.engine.text import clean_line

LONGEST_HOST = 120

_SCHEME = re.compile(r"^(?:https?|ftp):/*", re.IGNORECASE)
_REST = re.compile(r"[/?#]")
_BETWEEN = re.compile(r"[\s,;|]+")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_](?:[\w-]*[^\W_])+")


def read_site(cell: object) -> str:
    """The first address of a cell as it is typed in a browser: no scheme, no "www.", the path kept.

    Hosts are written in their own letters («шаг.рф», not «xn--…»). "" where there is no address.
    """
    if is_nothing(cell):
        return ""
    for part in _BETWEEN.split(clean_line(str(cell))):
        host, rest = _cut(part)
        if "@" not in part and _HOST.fullmatch(host):
            return (host + rest).rstrip("/")
    return ""


def site_key(site: str) -> str:
    """The host of a site, by which two sites are one: no scheme, no "www.", no page."""
    return _cut(site.strip())[0][:LONGEST_HOST]


def read_link(cell: object) -> str:
    """An address of a page in a network, whole: «https://vk.com/club1»; "" where there is none."""
    site = read_site(cell)
    return f"https://{re.sub('/+', '/', site)}" if "/" in site else ""


def _cut(site: str) -> tuple[str, str]:
    """Part the host, in small letters of its own alphabet, from what follows it."""
    bare = _SCHEME.sub("", site)
    host = _REST.split(bare, maxsplit=1)[0]
    rest = bare[len(host) :]
    named = _written(host.casefold().partition(":")[0].strip("."))
    return named.removeprefix("www."), rest


@lru_cache(maxsize=20_000)
def _written(host: str) -> str:
    """A host in its own letters; as it stands where they cannot be read."""
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
