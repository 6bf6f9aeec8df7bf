"""A small server on this machine that shows the kit with its real headers and policy, for the browser tests."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from alongside.foundation.kit.csp import CONTENT_SECURITY_POLICY
from alongside.foundation.kit.environment import environment
from alongside.foundation.kit.gallery import gallery
from alongside.foundation.kit.headers import HEADERS

STATIC = Path(__file__).resolve().parents[1] / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
POLICY = "; ".join(f"{name} {' '.join(values)}" for name, values in CONTENT_SECURITY_POLICY["DIRECTIVES"].items())

SEARCH = """{% extends "kit/page.html" %}{% import "kit/fields.html" as fields %}
{% import "kit/pieces.html" as pieces %}{% set title = "Find" %}{% block content %}
{{ fields.live_search("/find", csrf_input, "What you know of her") }}<div class="al-results" id="results"></div>
{{ pieces.progress("/work", "Reading", 10, next="/done", every_seconds=0.1) }}{% endblock %}"""
PART = '{% import "kit/pieces.html" as pieces %}{{ pieces.progress_part(words, percent, state, next) }}'
DONE = '{% extends "kit/page.html" %}{% set title = "Done" %}'
FAULTY = """{% extends "kit/page.html" %}{% import "kit/fields.html" as fields %}{% set form = faulty %}
{% set title = "A form" %}{% block content %}{% for view in faulty.views() %}{{ fields.field(view) }}{% endfor %}
{% endblock %}"""


@dataclass
class Site:
    """`asked` is every request: method, path with query, and the form that was sent."""

    asked: list[tuple[str, str, dict[str, list[str]]]] = field(default_factory=list)
    address: str = ""
    looks: int = 0

    def page(self, path: str, form: dict[str, list[str]]) -> tuple[str, bool]:
        """The answer, and whether it is a fragment."""
        pages: dict[str, Callable[[], str]] = {
            "/": lambda: self.render("kit/gallery.html"),
            "/search": lambda: self.text(SEARCH),
            "/faulty": lambda: self.text(FAULTY),
            "/done": lambda: self.text(DONE),
            "/away/": lambda: environment().get_template("kit/away.html").render(),
            "/404": lambda: environment().get_template("kit/errors/404.html").render(),
            "/hide": lambda: "",
        }
        if path == "/find":
            typed = form["words"][0]
            return self.text("<p data-summary>Records like {{ typed }}</p>", typed=typed), typed != "signed out"
        if path == "/work":
            self.looks += 1
            last = self.looks >= 3
            state = {"percent": 100, "state": "finished", "next": "/done"} if last else {"percent": 50, "next": ""}
            return self.text(PART, words="Reading", **{"state": "running", **state}), True
        return pages[path](), False

    def render(self, name: str) -> str:
        return environment().get_template(name).render(self.context())

    def text(self, source: str, **context: object) -> str:
        return environment().from_string(source).render({**self.context(), **context})

    def context(self) -> dict[str, object]:
        context = gallery()
        return {**context, "shell": replace(context["shell"], hide_url="/hide"), "notices": ()}


@contextmanager
def running() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            self.answer({})

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self.answer(parse_qs(self.rfile.read(length).decode()))

        def answer(self, form: dict[str, list[str]]) -> None:
            path = self.path.split("?")[0]
            if path.startswith("/static/"):
                file = STATIC / path.removeprefix("/static/")
                return self.send(file.read_bytes(), {"Content-Type": TYPES[file.suffix]})
            site.asked.append((self.command, self.path, form))
            html, fragment = site.page(path, form)
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY, **HEADERS}
            return self.send(html.encode(), headers | ({"X-Fragment": "1"} if fragment else {}))

        def send(self, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(200)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()
