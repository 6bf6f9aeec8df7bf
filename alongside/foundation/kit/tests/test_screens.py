"""Answers through Django's own template backend, as every page gives them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory, override_settings

from alongside.foundation.kit.screens import FRAGMENT, fragment, screen

BACKEND = {
    "BACKEND": "django.template.backends.jinja2.Jinja2",
    "OPTIONS": {"environment": "alongside.foundation.kit.environment.environment"},
}


@pytest.fixture(autouse=True)
def room(tmp_path: Path) -> Iterator[None]:
    """A room's own templates, and no context processor of another room."""
    page = '{% extends "kit/page.html" %}{% set title = "Women" %}{% block content %}{{ alias }}{% endblock %}'
    (tmp_path / "page.html").write_text(page)
    (tmp_path / "part.html").write_text("<p>{{ alias }}</p>")
    (tmp_path / "form.html").write_text("{{ csrf_input }}")
    with override_settings(TEMPLATES=[{**BACKEND, "DIRS": [tmp_path]}]):
        yield
    engines.__dict__.pop("templates", None)


def asked() -> HttpRequest:
    return RequestFactory().get("/")


def test_a_screen_is_a_whole_page() -> None:
    answer = screen(asked(), "page.html", alias="Sunny")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.lstrip().startswith("<!DOCTYPE html>")
    assert "Sunny" in html
    assert FRAGMENT not in answer.headers


def test_a_screen_may_say_that_something_is_wrong() -> None:
    assert screen(asked(), "page.html", status=422, alias="").status_code == 422


def test_a_fragment_is_marked_and_bare() -> None:
    answer = fragment(asked(), "part.html", alias="<b>", status=403)
    assert answer.content == b"<p>&lt;b&gt;</p>"
    assert answer.headers[FRAGMENT] == "1"
    assert answer.status_code == 403


def test_a_form_gets_its_token() -> None:
    assert b"csrfmiddlewaretoken" in screen(asked(), "form.html").content


def test_notices_are_shown_and_used_up() -> None:
    request = asked()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    messages.success(request, "The list is in.")
    messages.info(request, "Two rows wait.")
    html = screen(request, "page.html", alias="").content.decode()
    assert html.index("Done") < html.index("The list is in.") < html.index("Please note") < html.index("Two rows wait.")
    assert request._messages.used  # type: ignore[attr-defined]
