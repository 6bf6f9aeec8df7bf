"""Finding a name wherever it may have gone, in whatever dress."""

import base64
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pypdf

from tests.policy.rooms.rights import REGISTERED
from tests.policy.stage import (
    BROUGHT,
    BROUGHT_TOO,
    DIED,
    ENDED,
    FEARED,
    LISTED,
    OFF_THE_LIST,
    REMOVED,
    SHARED,
    TAKEN,
    TOOK_BACK,
    YOUNG,
)
from tests.world import canaries, phone, reference

# Whose names may be shown to the same people -> the agency that knows them, and the women.
HOLDERS = {
    "van": ("van", [*range(8), REMOVED, LISTED, ENDED, YOUNG, OFF_THE_LIST, TOOK_BACK]),
    "van's, died": ("van", [DIED]),
    "van's, shared": ("van", [SHARED]),
    "van's, feared": ("van", [FEARED]),
    "van's, brought": ("van", [BROUGHT]),
    "van's, brought too": ("van", [BROUGHT_TOO]),
    "van's register": ("van", [REGISTERED]),
    "house": ("house", [*range(0, 8, 2)]),
    "custody": ("custody", [*range(0, 8, 3), TAKEN]),
    "custody's open list": ("custody", [LISTED]),
}
ON_LIST = ("van's, brought", "van's, brought too")
# Who reads together -> whose names they may be shown. What stands in a contributor's open list she may read until it
# goes in; nothing else of hers is ever shown. A worker whom a woman fears never reads of her.
READERS = {
    "van": ("van", "van's, died", "van's, shared", "van's, feared", "van's register", *ON_LIST),
    "van, feared": ("van", "van's, died", "van's, shared", "van's register", *ON_LIST),
    "house": ("house", "van's, shared", "van's, feared"),
    "house, without a reason asked": ("house", "van's, died", "van's, shared", "van's, feared"),
    "house, feared": ("house", "van's, shared"),
    "house, sits on a forum": ("house", *ON_LIST),  # a manager: nothing of what is shared with her agency
    "house, sits on a forum, by the database": ("house", *ON_LIST, "van's, died", "van's, shared", "van's, feared"),
    "sits on a forum, feared": ("van's, brought too",),
    "custody's open list": ("custody's open list",),
    "van's register": ("van's register",),
}
PER_REQUEST = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*|(nonce=")[^"]*')


def tokens(slug: str, holder: str) -> list[str]:
    """Every canary of every woman of this holder."""
    agency, women = HOLDERS[holder]
    return [
        token
        for woman in women
        for token in (
            *canaries(slug, agency, woman).values(),
            phone(slug, agency, woman),
            reference(slug, agency, woman),
        )
    ]


def dresses(token: str) -> Iterator[bytes]:
    """In lower case, as what is searched is made too; base64, where case means something, is looked for as it is."""
    for text in {token, token.lower(), token.upper()}:
        yield text.lower().encode()
        yield text.lower().encode("utf-16-le")
        yield text.lower().encode("utf-16-be")
        yield quote(text).lower().encode()
        for form in ("%{:02x}", "&#{};", "&#x{:x};", "\\u{:04x}"):
            yield "".join(form.format(ord(letter)) for letter in text).encode()
        yield text.encode().hex().encode()
        for shift in range(3):
            whole = base64.b64encode(b"\0" * shift + text.encode())
            # The letters that neighbours can't change.
            inner = whole[(shift * 8 + 5) // 6 : (shift + len(text)) * 8 // 6]
            yield b"base64:" + inner


@dataclass(frozen=True)
class Scanner:
    """Looks for the canaries of some holders. `patterns`: dress -> the token it dresses."""

    plain: dict[bytes, str]
    coded: dict[bytes, str]

    @classmethod
    def of(cls, holders: Iterable[tuple[str, str]], without: Iterable[str] = ()) -> "Scanner":
        plain: dict[bytes, str] = {}
        coded: dict[bytes, str] = {}
        for token in {token for holder in holders for token in tokens(*holder)} - set(without):
            for dress in dresses(token):
                if dress.startswith(b"base64:"):
                    coded[dress.removeprefix(b"base64:")] = token
                else:
                    plain[dress] = token
        return cls(plain, coded)

    def found(self, content: bytes) -> set[str]:
        low = content.lower()
        hits = {token for dress, token in self.plain.items() if dress in low}
        return hits | {token for dress, token in self.coded.items() if dress in content}

    def found_in_file(self, content: bytes) -> set[str]:
        """The same, and inside what is packed (XLSX, ODS, ZIP) or drawn (PDF)."""
        hits = self.found(content)
        if content[:5] == b"%PDF-":
            drawn = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
            hits |= self.found(re.sub(r"[\s\u00ad-]", "", drawn).encode())  # a line may end within a name
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                for name in packed.namelist():
                    hits |= self.found(name.encode()) | self.found_in_file(packed.read(name))
        return hits


ALL_HOLDERS = [(slug, agency) for slug in ("riverside", "lakeside") for agency in HOLDERS]


def read_by(readers: tuple[str, str]) -> list[tuple[str, str]]:
    """The holders whose names these may be shown."""
    slug, who = readers
    return [(slug, holder) for holder in READERS[who]]


def everyone_but(readers: tuple[str, str] | None, without: Iterable[str] = ()) -> Scanner:
    theirs = read_by(readers) if readers else []
    return Scanner.of([each for each in ALL_HOLDERS if each not in theirs], without)


def told(answer: object) -> bytes:
    """All that an answer tells: status line, headers, cookies and body, without what every request makes anew."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())  # type: ignore[attr-defined]
    cookies = answer.cookies.output()  # type: ignore[attr-defined]
    body = b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # type: ignore[attr-defined, arg-type]
    return PER_REQUEST.sub(
        b"", headers.encode() + b"\n" + re.sub(r"session=\w+|expires=[^;]+", "", cookies).encode() + b"\n\n" + body
    )


def body_of(answer: object) -> bytes:
    return PER_REQUEST.sub(b"", answer.content)  # type: ignore[attr-defined]
