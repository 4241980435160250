"""Calls to other sites: http and https, within limits, never to a neighbour inside the house.

A name is looked up once, every address it has is judged, and the connection goes to an address
that was judged: a name that means something else a moment later leads nowhere.
"""

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from sinergia.engine.refusal import Gap, Refused

PORTS = {"http": 80, "https": 443}
CHUNK = 64 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 3
MOST_ADDRESSES = 4  # of one name that are tried, one after another
NAT64 = IPv6Network("64:ff9b::/96")  # an address of the fourth version inside


@dataclass(frozen=True)
class Limits:
    """How long the whole may take, lookups of names aside, and how much may come."""

    seconds: float = 20.0
    octets: int = 5 * 1024 * 1024


@dataclass(frozen=True)
class Target:
    """An address taken apart, with what its host was judged to be."""

    scheme: str
    host: str
    port: int
    path: str
    found: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What came. address: where it came from at last; headers: by names in small letters."""

    status: int
    address: str
    headers: Mapping[str, str]
    content: bytes


@dataclass
class _Clock:
    """Cuts the connection under way when time is up, whatever it waits for."""

    until: float
    is_up: bool = False
    connection: "_Connection | None" = None
    timer: Timer = field(init=False)

    def __post_init__(self) -> None:
        self.timer = Timer(self.left, self._cut)
        self.timer.daemon = True

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return max(0.01, self.until - time.monotonic())

    def _cut(self) -> None:
        self.is_up = True
        if self.connection is not None:
            self.connection.cut()


class _Connection(HTTPConnection):
    """A connection to one judged address; the host is named to it all the same."""

    def __init__(self, target: Target, clock: _Clock) -> None:
        super().__init__(target.host, target.port, timeout=clock.left)
        self.clock = clock
        self.default_port = PORTS[target.scheme]
        self.target = target
        self.held: socket.socket | None = None  # also while the answer alone still reads from it

    def connect(self) -> None:
        """To the first of the judged addresses that answers, within the time of the whole call."""
        self.sock = self.held = self._reached()
        if self.clock.is_up:  # there was nothing yet to be cut
            raise TimeoutError
        self.sock.settimeout(self.clock.left)
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = self.held = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def cut(self) -> None:
        """End it from another thread."""
        try:
            if self.held is not None:
                self.held.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it has ended by itself

    def _reached(self) -> socket.socket:
        addresses = self.target.found[:MOST_ADDRESSES]
        fault = OSError("no address")
        for left in range(len(addresses), 0, -1):
            try:
                return socket.create_connection(
                    (addresses[-left], self.port), self.clock.left / left
                )
            except OSError as error:
                fault = error
        raise fault


def call(
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Ask for an address, or send `body` to it; an answer to what was sent leads nowhere else.

    Raises Refused in words for a person: what may not be asked, does not answer, is too slow or
    too large. Any status comes back but those that lead on.
    """
    limits = limits or Limits()
    clock = _Clock(time.monotonic() + limits.seconds)
    clock.timer.start()
    try:
        for _turn in range(MOST_REDIRECTS + 1):
            answer = _ask(address, headers or {}, body, limits, clock)
            onward = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not onward:
                return answer
            if body is not None:
                raise Refused([Gap("outside.moved")])
            address = urljoin(address, onward)
    finally:
        clock.timer.cancel()
    raise Refused([Gap("outside.many_turns", values={"most": MOST_REDIRECTS})])


def target_of(address: str) -> Target:
    """Take an address apart and judge its host. Raises Refused where it may not be asked."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        host = host.encode("idna").decode() if not host.isascii() else host
    except (UnicodeError, ValueError) as error:
        raise Refused([Gap("outside.no_address")]) from error
    if parts.scheme not in PORTS or not host or parts.username is not None:
        raise Refused([Gap("outside.no_address")])
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    found = _found(host, port)
    return Target(parts.scheme, host, port, f"{path}?{query}" if query else path, found)


def is_far(address: str) -> bool:
    """Whether an address is one of the open internet, also where it hides another one inside."""
    told: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(told, IPv6Address):
        if told.sixtofour is not None or told.teredo is not None:
            return False
        if told in NAT64:
            told = IPv4Address(int(told) & 0xFFFFFFFF)
        elif told.ipv4_mapped is not None:
            told = told.ipv4_mapped
    return told.is_global and not told.is_multicast


def _found(host: str, port: int) -> tuple[str, ...]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused([Gap("outside.no_name", values={"host": host[:100]})]) from error
    found = tuple(dict.fromkeys(str(row[4][0]) for row in rows))
    if not settings.FEEDS_NEAR and not all(map(is_far, found)):
        raise Refused([Gap("outside.near", values={"host": host[:100]})])
    return found


def _ask(
    address: str, headers: Mapping[str, str], body: bytes | None, limits: Limits, clock: _Clock
) -> Answer:
    target = target_of(address)
    connection = clock.connection = _Connection(target, clock)
    plain = {"Accept-Encoding": "identity", "User-Agent": "sinergia", "Connection": "close"}
    try:
        verb = "GET" if body is None else "POST"
        connection.request(verb, target.path, body, plain | dict(headers))
        response = connection.getresponse()
        content = _read(response, limits)
    except TimeoutError as error:
        raise Refused([_slow(limits)]) from error
    except (OSError, HTTPException, ValueError) as error:
        gap = _slow(limits) if clock.is_up else Gap("outside.no_answer")
        raise Refused([gap]) from error
    finally:
        connection.close()
    if clock.is_up:
        raise Refused([_slow(limits)])
    told = {name.lower(): value for name, value in response.getheaders()}
    if told.get("content-encoding", "identity") != "identity":
        raise Refused([Gap("outside.no_answer")])
    return Answer(response.status, address, told, content)


def _read(response: HTTPResponse, limits: Limits) -> bytes:
    """All of it, or Refused as soon as it is too much; one that ends early is no answer."""
    most = limits.octets
    if response.length is not None and response.length > most:
        raise Refused([_large(most)])
    content = bytearray()
    while part := response.read1(CHUNK):
        content += part
        if len(content) > most:
            raise Refused([_large(most)])
    if response.length:
        raise OSError("it ended early")
    return bytes(content)


def _slow(limits: Limits) -> Gap:
    return Gap("outside.slow", values={"seconds": round(limits.seconds)})


def _large(octets: int) -> Gap:
    return Gap("outside.large", values={"megabytes": max(1, octets // (1024 * 1024))})
