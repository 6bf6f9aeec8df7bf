"""What is shipped: nobody else's brand, nothing from elsewhere, nothing inline."""

import re
from pathlib import Path

import pytest

KIT = Path(__file__).resolve().parents[1]
STATIC = KIT / "static" / "alongside"
PACKAGE = KIT.parents[1]
SHIPPED = sorted(path for path in STATIC.rglob("*") if path.is_file() and path.parent.name != "licences")
TEXTS = [path for path in SHIPPED if path.suffix in {".css", ".js", ".svg"}]
TEMPLATES = sorted(PACKAGE.glob("*/*/templates/**/*.html"))


def named(path: Path) -> str:
    return path.name


def test_all_parts_are_there() -> None:
    assert {path.suffix for path in SHIPPED} == {".css", ".js", ".svg", ".woff2"}
    assert len(TEXTS) == 5


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_no_brand_of_another(path: Path) -> None:
    assert not re.search(r"gds.?transport|crown|gov\.uk logo|royal arms", path.read_text(), re.IGNORECASE)


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_no_file_is_named_after_a_brand(path: Path) -> None:
    assert not re.search(r"govuk|crown|crest|gds", path.name, re.IGNORECASE)


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    """The only "http" left are a print rule's attribute selectors and the name of the SVG namespace."""
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    text = re.sub(r'\[href\^="https?://"\]', "", text)
    assert not re.search(r"https?://|url\(\s*[\"']?//|@import", text)


def test_every_file_that_the_styles_name_is_shipped() -> None:
    styles = STATIC / "css" / "alongside.css"
    wanted = re.findall(r'url\("?([^")]+)"?\)', styles.read_text())
    assert len(wanted) == 5
    assert all((styles.parent / each).is_file() for each in wanted)


def test_the_licences_are_shipped() -> None:
    assert "SIL OPEN FONT LICENSE" in (STATIC / "licences" / "OFL.txt").read_text()
    assert "BSD 2-Clause" in (STATIC / "licences" / "leaflet-BSD.txt").read_text()
    assert "MIT License" in (STATIC / "licences" / "govuk-frontend-MIT.txt").read_text()


def test_scripts_write_html_through_one_policy_only() -> None:
    script = (STATIC / "js" / "alongside.js").read_text()
    assert script.count("innerHTML") == 1
    assert 'createPolicy("alongside"' in script
    assert not re.search(r"\beval\(|new Function|insertAdjacentHTML|document\.write", script)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_nothing_is_inline(path: Path) -> None:
    """Under the Content-Security-Policy an inline script or style would do nothing at all."""
    text = path.read_text()
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_address_elsewhere(path: Path) -> None:
    assert not re.search(r"(?:src|href|action)=\"https?://", path.read_text())


def test_the_styles_stay_small_enough_for_a_slow_phone() -> None:
    import gzip

    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in TEXTS}
    assert sizes["alongside.css"] < 24_000
    assert sizes["alongside.js"] < 12_000
    assert sizes["map.js"] < 30_000  # on the pages with a map only


def test_the_map_writes_no_html() -> None:
    """Trusted Types stop it: what is left is one branch, for a tooltip given as text, which ours never are."""
    script = (STATIC / "js" / "map.js").read_text()
    assert script.count("innerHTML") == 1
    assert not re.search(r"\beval\(|new Function|insertAdjacentHTML|document\.write|createPolicy", script)
