"""A bucket on this machine: a small real server that speaks as much of S3 as we use.

It can be well, slow, or broken in the ways that real ones are.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

SIGNED = "AWS4-HMAC-SHA256 Credential="
SLOW_SECONDS = 5.0


@dataclass
class Bucket:
    """What is in the bucket, how it behaves, and what it was asked.

    mood: "well", "slow", "500", "403", "cut" (hangs up amid a body), "busy once" (503, then well).
    """

    objects: dict[str, bytes] = field(default_factory=dict)
    mood: str = "well"
    asked: list[str] = field(default_factory=list)  # "PUT kept/…"
    unsigned: int = 0
    address: str = ""

    @property
    def url(self) -> str:
        """As SINERGIA_FILES_URL says it."""
        return f"s3://key:se%2Fcret@{self.address}/papers?region=ru-1&https=0"


class Answers(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    bucket: Bucket

    def do_PUT(self) -> None:  # the name that the server looks for
        """Keep an object."""
        length = int(self.headers.get("Content-Length", "0"))
        if self.is_unwell():
            return
        if self.bucket.mood == "cut":
            self.rfile.read(length // 2)
            self.hang_up()
            return
        self.bucket.objects[self.key] = self.rfile.read(length)
        self.answer(200)

    def do_GET(self) -> None:
        """Give an object, a part of one, or the list of all."""
        if self.is_unwell():
            return
        if not self.key:
            self.list_objects()
            return
        content = self.bucket.objects.get(self.key)
        if content is None:
            self.fault(404, "NoSuchKey")
            return
        first, last = self.headers["Range"].removeprefix("bytes=").split("-")
        part = content[int(first) : int(last) + 1]
        if self.bucket.mood == "cut":
            self.answer(206, part[: len(part) // 2], length=len(part))
            self.hang_up()
            return
        self.answer(206, part)

    def do_HEAD(self) -> None:
        """Say whether an object is there, and how long it is."""
        if not self.is_unwell():
            content = self.bucket.objects.get(self.key)
            self.answer(404 if content is None else 200, length=len(content or b""))

    def do_DELETE(self) -> None:
        """Forget an object; one that is not there is well too."""
        if not self.is_unwell():
            self.bucket.objects.pop(self.key, None)
            self.answer(204)

    @property
    def key(self) -> str:
        """The object's name: what stands behind the bucket's."""
        return unquote(urlsplit(self.path).path).strip("/").partition("/")[2]

    def is_unwell(self) -> bool:
        """Note the request; answer it here where the bucket is not well, or the caller unknown."""
        self.bucket.asked.append(f"{self.command} {self.key}")
        if not self.headers.get("Authorization", "").startswith(SIGNED):
            self.bucket.unsigned += 1
            self.fault(403, "AccessDenied")
            return True
        mood = self.bucket.mood
        if mood == "slow":
            time.sleep(SLOW_SECONDS)
        elif mood == "busy once":
            self.bucket.mood = "well"
            self.fault(503, "SlowDown")
            return True
        elif mood in ("500", "403"):
            self.fault(int(mood), "InternalError" if mood == "500" else "AccessDenied")
            return True
        return False

    def list_objects(self) -> None:
        """Name every object."""
        prefix = parse_qs(urlsplit(self.path).query).get("prefix", [""])[0]
        names = [name for name in sorted(self.bucket.objects) if name.startswith(prefix)]
        rows = "".join(f"<Contents><Key>{name}</Key></Contents>" for name in names)
        self.answer(200, f"<ListBucketResult>{rows}</ListBucketResult>".encode())

    def fault(self, status: int, code: str) -> None:
        """Refuse as S3 refuses."""
        self.answer(status, f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode())
        self.hang_up()

    def answer(self, status: int, content: bytes = b"", *, length: int = -1) -> None:
        """Answer; `length` may promise more than there is."""
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/xml")
            self.send_header("ETag", '"0"')
            if status != 204:
                self.send_header("Content-Length", str(len(content) if length < 0 else length))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # whoever asked has waited long enough

    def hang_up(self) -> None:
        """End the connection without another word."""
        self.close_connection = True

    def log_message(self, format: str, *values: object) -> None:  # noqa: A002  # theirs
        """Say nothing on the terminal."""


@contextmanager
def a_bucket() -> Iterator[Bucket]:
    """Run one on a free port; where the test closes it itself, it is a bucket that is down."""
    bucket = Bucket()
    handler = type("Answering", (Answers,), {"bucket": bucket})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    bucket.address = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.socket.close()
        thread.join()
