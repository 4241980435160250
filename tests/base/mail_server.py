"""A small mail server for tests: takes letters, puts them off, refuses them, or goes away."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from django.conf import settings
from django.test import override_settings


@dataclass
class MailServer:
    """What it answers to each recipient, and what it took.

    answers: address to an answer like "550 5.1.1 no such user", or "die": it hangs up at once.
    """

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    after_text: str = "250 2.0.0 taken"
    taken: list[Message] = field(default_factory=list)
    when_taken: Callable[[], None] = lambda: None  # before it answers

    def converse(self, handler: socketserver.StreamRequestHandler) -> None:
        """Speak as much SMTP as Python's own client needs; "die" hangs up."""
        answer = "220 stand-in"
        while answer != "die":
            handler.wfile.write(answer.encode() + b"\r\n")
            line = handler.rfile.readline().decode().strip()
            verb = line.partition(" ")[0].upper()
            if verb in ("", "QUIT"):
                return
            answer = self.answer_to(line) if verb == "RCPT" else "250 fine"
            if verb == "DATA":
                handler.wfile.write(b"354 go on\r\n")
                answer = self.take(b"".join(iter(handler.rfile.readline, b".\r\n")))

    def answer_to(self, line: str) -> str:
        """Say what becomes of a recipient, named as `RCPT TO:<anna@example.org>`."""
        return self.answers.get(line.partition("<")[2].rstrip(">").casefold(), "250 fine")

    def take(self, text: bytes) -> str:
        """Keep the letter, unless the text is refused."""
        if self.after_text.startswith("250"):
            self.taken.append(message_from_bytes(text))
            self.when_taken()
        return self.after_text


@contextmanager
def a_mail_server() -> Iterator[MailServer]:
    """Run it beside the test, and have letters go there."""
    server = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(ConnectionError):  # whoever wrote to us was killed
                server.converse(self)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as listening:
        server.port = listening.server_address[1]
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        backend = "django.core.mail.backends.smtp.EmailBackend"
        try:
            with override_settings(
                EMAIL_BACKEND=backend,
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=server.port,
                EMAIL_TIMEOUT=5,
                EMAIL_USE_TLS=False,
                DEFAULT_FROM_EMAIL=settings.DEFAULT_FROM_EMAIL,
            ):
                yield server
        finally:
            listening.shutdown()
