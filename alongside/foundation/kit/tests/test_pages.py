import re
from datetime import date, datetime

import pytest
from django import forms
from django.test import RequestFactory
from jinja2 import UndefinedError

from alongside.foundation.kit import errors
from alongside.foundation.kit.environment import environment
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.gallery import SHELL, gallery
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import FRAGMENT, wants_fragment
from alongside.foundation.kit.shell import Shell
from alongside.foundation.kit.show import day, moment, number, plural, share

PAGE = '{% extends "kit/page.html" %}{% set title = "Women" %}{% block content %}<p>Here</p>{% endblock %}'


class Named(PageForm):
    alias = forms.CharField()


def page(source: str = PAGE, **context: object) -> str:
    return environment().from_string(source).render(csrf_input="", **context)


def title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html)
    assert found
    return found[1]


def test_the_title_is_the_page_and_a_neutral_name() -> None:
    assert title(page()) == "Women – Alongside"


def test_a_faulty_form_says_so_in_the_title_and_on_top() -> None:
    html = page(form=Named({}))
    assert title(html) == "Error: Women – Alongside"
    assert html.index("There is a problem") < html.index("<h1")


def test_a_form_that_was_not_sent_says_nothing() -> None:
    html = page(form=Named())
    assert title(html) == "Women – Alongside"
    assert "There is a problem" not in html


def test_a_page_without_a_title_fails() -> None:
    with pytest.raises(UndefinedError):
        page('{% extends "kit/page.html" %}')


def test_one_h1_a_skip_link_and_the_language() -> None:
    html = page(shell=SHELL)
    assert html.count("<h1") == 1
    assert html.index('href="#main"') < html.index("<header")
    assert 'lang="en-GB"' in html
    assert 'id="main"' in html


def test_signed_out_pages_tell_nothing() -> None:
    html = page(shell=Shell())
    assert "Hide screen" not in html
    assert "Sign out" not in html
    assert "<nav" not in html


def test_signed_in_pages_say_for_whom_she_acts_and_let_her_hide() -> None:
    html = page(shell=SHELL)
    assert "Rosa Ellery" in html
    assert "Northgate Outreach" in html
    assert "Hide screen" in html


def test_a_worker_of_one_agency_has_nothing_to_switch() -> None:
    assert "Act for" not in page(shell=Shell(worker="Rosa Ellery", acting_for="Northgate Outreach"))
    assert "Act for" in page(shell=SHELL)


def test_what_changes_something_is_sent_with_its_token() -> None:
    html = environment().from_string(PAGE).render(shell=SHELL, csrf_input="<TOKEN>")
    assert html.count('method="post"') == html.count("&lt;TOKEN&gt;") == 3


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_pages_are_whole_and_neutral(status: int) -> None:
    html = errors.error_page(status)
    assert "<h1" in html
    assert title(html).endswith("– Alongside")
    assert "Hide screen" not in html


HANDLERS = [(errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404), (errors.server_error, 500)]


@pytest.mark.parametrize(("handler", "status"), HANDLERS)
def test_error_pages_are_the_same_for_every_request(handler: type, status: int) -> None:
    bodies = {
        handler(RequestFactory().get(path), exception=Exception("Sunny")).content
        for path in ("/records/1/", "/records/absent/?alias=Sunny")
    }
    assert len(bodies) == 1
    assert b"Sunny" not in bodies.pop()


def test_the_page_left_for_looks_signed_out() -> None:
    html = environment().get_template("kit/away.html").render()
    assert "Hide screen" not in html
    assert "Sign in" in html


def test_a_fragment_is_asked_for_by_name() -> None:
    factory = RequestFactory()
    assert wants_fragment(factory.get("/", headers={FRAGMENT: "1"}))
    assert not wants_fragment(factory.get("/"))


def table(rows: tuple[object, ...], *more: Column) -> str:
    source = (
        '{% import "kit/pieces.html" as pieces %}'
        '{{ pieces.table("t", "Women", columns, rows, empty_words="None yet.") }}'
    )
    columns = (Column("Record"), *(more or [Column("Contacts", numeric=True)]))
    return environment().from_string(source).render(columns=columns, rows=rows)


def test_a_table_has_a_caption_and_row_headings() -> None:
    html = table(((Cell("R-1", "/r/1/"), 0),))
    assert "<caption" in html
    assert 'scope="row"' in html
    assert 'href="/r/1/"' in html
    assert re.search(r'cell--numeric">0<', html)


def test_a_table_of_words_says_on_a_phone_what_each_cell_is_and_stays_a_table() -> None:
    html = table((("R-1", "Dani", ""),), Column("Who"), Column("Do", hidden=True))
    assert 'data-of="Who">Dani<' in html
    assert 'role="cell"><' in html
    assert all(f'role="{each}"' in html for each in ("table", "row", "rowheader", "columnheader"))
    assert "role=" not in table((("R-1", 4),)).replace('role="region"', "")


def test_an_empty_table_says_so() -> None:
    html = table(())
    assert "None yet." in html
    assert "<table" not in html


def test_the_gallery_shows_every_macro() -> None:
    html = environment().get_template("kit/gallery.html").render(gallery())
    assert html.count("<section") >= 12
    assert len(re.findall(r' id="([^"]+)"', html)) == len(set(re.findall(r' id="([^"]+)"', html)))


def test_values_are_written_one_way() -> None:
    assert number(4212) == "4,212"
    assert number(None) == ""
    assert number(0.256, 2) == "0.26"
    assert day(date(2026, 3, 4)) == "4 March 2026"
    assert day(None) == moment(None) == ""
    assert moment(datetime(2026, 3, 4, 2, 14)) == "4 March 2026, 02:14"
    assert plural(1, "record", "records") == "1 record"
    assert plural(1200, "record", "records") == "1,200 records"


def test_no_share_without_its_whole() -> None:
    assert share(12, 48) == "12 of 48 (25%)"
    assert share(0, 0) == "0 of 0"
