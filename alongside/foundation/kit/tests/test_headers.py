import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from alongside.foundation.kit.csp import CONTENT_SECURITY_POLICY
from alongside.foundation.kit.headers import HEADERS, HeadersMiddleware

DIRECTIVES = CONTENT_SECURITY_POLICY["DIRECTIVES"]


def answer(method: str, path: str, response: HttpResponseBase | None = None) -> HttpResponseBase:
    request = RequestFactory().generic(method, path)
    return HeadersMiddleware(lambda _: response or HttpResponse("ok"))(request)


@pytest.mark.parametrize("status", [200, 302, 403, 404, 422, 500])
def test_every_answer_carries_them(status: int) -> None:
    headers = answer("GET", "/", HttpResponse(status=status)).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_a_page_cannot_ask_to_be_kept() -> None:
    kept = HttpResponse(headers={"Cache-Control": "public, max-age=600", "ETag": '"a"'})
    headers = answer("GET", "/", kept).headers
    assert headers["Cache-Control"] == "no-store"
    assert "ETag" not in headers


def test_a_download_carries_them_too() -> None:
    assert answer("GET", "/", StreamingHttpResponse([b"a"])).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/accounts/logout/", "/hide/"])
def test_leaving_clears_what_the_browser_kept(path: str) -> None:
    assert answer("POST", path).headers["Clear-Site-Data"] == '"cache", "cookies"'


@pytest.mark.parametrize(("method", "path"), [("GET", "/accounts/logout/"), ("POST", "/"), ("GET", "/hide/")])
def test_nothing_else_clears(method: str, path: str) -> None:
    assert "Clear-Site-Data" not in answer(method, path).headers


def test_contacts_that_wait_on_a_phone_are_not_cleared() -> None:
    assert "storage" not in answer("POST", "/hide/").headers["Clear-Site-Data"]


def test_nothing_is_allowed_unless_it_is_ours() -> None:
    assert DIRECTIVES["default-src"] == ["'none'"]
    allowed = {value for name, values in DIRECTIVES.items() if name.endswith("-src") for value in values}
    assert allowed == {"'none'", "'self'"}


def test_no_frame_no_base_no_foreign_form_and_one_named_policy() -> None:
    assert DIRECTIVES["frame-ancestors"] == ["'none'"]
    assert DIRECTIVES["base-uri"] == ["'none'"]
    assert DIRECTIVES["form-action"] == ["'self'"]
    assert DIRECTIVES["require-trusted-types-for"] == ["'script'"]
    assert DIRECTIVES["trusted-types"] == ["alongside", "alongside-phone"]
