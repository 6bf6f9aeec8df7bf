"""An agency's sign-in service on a port of this machine: it signs everyone in at once and sends her browser back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.parse import parse_qs, urlencode, urlsplit

from alongside.office.tests.provider import Service


class _Answers(BaseHTTPRequestHandler):
    service: Service

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/authorize":
            asked = parse_qs(urlsplit(self.path).query)
            brought = self.service.signed_in(self.path, "sub-1")
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri'][0]}?{urlencode(brought)}")
            self.end_headers()
            return
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, body: str) -> None:
        status, told = self.service.answer(
            SimpleNamespace(url=self.service.issuer + self.path, body=body, headers=self.headers)
        )
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def a_service() -> Iterator[Service]:
    """Its name is another than the product's, as it would be: 127.0.0.1, where that is `localhost`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    _Answers.service = Service(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield _Answers.service
    finally:
        server.shutdown()
        server.server_close()
