"""Whether another agency knows a woman changes nothing that can be seen: not a status, a header, a length, a letter,
nor the work that is done (P3).

Each test asks twice, once about a woman whom others know and once about one whom nobody knows. Time is measured and
said here; it is compared with its limit in benchmarks/policy.
"""

import re
import statistics
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.register.people.pages import look_up as look_up_pages
from tests.policy.browsers import Browsers, word
from tests.policy.canary import told
from tests.policy.expected import TODAY
from tests.policy.routes import routes
from tests.policy.stage import Stage
from tests.world import canaries, phone

OURS, THEIRS = "hostel_worker", 1  # woman 1 is known to the van alone
UNKNOWN = 9  # her names are as long, and nobody knows her
ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CODE = re.compile(rb"\b[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
CLOCK = re.compile(rb"\d{1,2}:\d\d(am|pm)?|\d{1,2} [A-Z][a-z]+ \d{4}, ")


def asked(browsers: Browsers, persona: str, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
    """(what was told, without ids and what was typed; how many questions it took to answer)"""
    with CaptureQueriesContext(connection) as questions:
        answer = browsers.ask(persona, method, address, data)
    text = CLOCK.sub(b"", CODE.sub(b"code", ID.sub(b"id", told(answer))))
    for value in sorted((data or {}).values(), key=len, reverse=True):
        if len(value) > 6:
            text = text.replace(value.encode(), b"typed")
    return word(answer), text, len(answer.content), shapes(questions)


def shapes(questions: CaptureQueriesContext) -> list[str]:
    """The questions to the database without their values: equal work."""
    return [re.sub(r"'[^']*'|\d+|_x\w+|\\x[0-9a-f]+", "?", each["sql"])[:160] for each in questions]


def typed(woman: int) -> dict[str, str]:
    hers = canaries("riverside", "van", woman)
    return {
        "words": hers["name"],
        "area": hers["area"],
        "marks": f"{hers['mark']}, hand",
        "phone": phone("riverside", "van", woman),
        "age": "32",
    }


def recorded(woman: int) -> dict[str, str]:
    hers = canaries("riverside", "van", woman)
    return {
        "called": hers["name"],
        "last_name": hers["last"],
        "area": hers["area"],
        "age": "32",
        "phone": phone("riverside", "van", woman),
        "note": hers["note"],
    }


ACCEPTED = {
    "basis": "she_agreed",
    "how_asked": "We talked",
    "months": "3",
    "asked_on_day": str(TODAY.day),
    "asked_on_month": str(TODAY.month),
    "asked_on_year": str(TODAY.year),
}
Asking = Callable[[Browsers, Stage], tuple[Any, Any]]


def on_record(stage: Stage, agency: str, woman: int) -> object:
    return stage.riverside.records[agency, woman]


def both(
    browsers: Browsers,
    persona: str,
    method: str,
    route: str,
    one: Any,
    other: Any,
    data: tuple[dict[str, str], dict[str, str]] = ({}, {}),
) -> tuple[Any, Any]:
    """A first pair is asked and thrown away: what is remembered of it must not tell either."""
    at = routes()[route]
    first, second = ((at.address(*ids), body) for ids, body in zip((one, other), data, strict=True))
    for address, body in (first, second):
        asked(browsers, persona, method, address, body)
    return asked(browsers, persona, method, *first), asked(browsers, persona, method, *second)


CASES: dict[str, Asking] = {
    "looking her up": lambda b, s: both(b, OURS, "POST", "people:look-up", (), (), (typed(THEIRS), typed(UNKNOWN))),
    "looking her up from another partnership": lambda b, s: both(
        b, "lake_key_worker", "POST", "people:look-up", (), (), (typed(THEIRS), typed(UNKNOWN))
    ),
    "making a record": lambda b, s: both(b, OURS, "POST", "people:new", (), (), (recorded(THEIRS), recorded(UNKNOWN))),
    "her page": lambda b, s: both(b, OURS, "GET", "people:record", (on_record(s, "van", 1),), (uuid4(),)),
    "her page, taken back": lambda b, s: both(
        b, "key_worker", "GET", "people:record", (s.targets["record"]["removed"],), (uuid4(),)
    ),
    "correcting": lambda b, s: both(
        b, OURS, "POST", "people:correct", (on_record(s, "van", 1),), (uuid4(),), (recorded(1), recorded(9))
    ),
    "asking whether others may know": lambda b, s: both(
        b, OURS, "GET", "people:accept", (on_record(s, "van", 1),), (uuid4(),)
    ),
    "accepting for another's record": lambda b, s: both(
        b, OURS, "POST", "people:accept", (on_record(s, "van", 1),), (uuid4(),), (ACCEPTED, ACCEPTED)
    ),
    # woman 4 is known to the van, which accepted; woman 6 to the van, which did not: our own answer is one
    "accepting where others accepted": lambda b, s: both(
        b, OURS, "POST", "people:accept", (on_record(s, "house", 4),), (on_record(s, "house", 6),), (ACCEPTED, ACCEPTED)
    ),
    "her own page where another waits": lambda b, s: both(
        b, "house_manager", "GET", "people:accept", (on_record(s, "house", 4),), (on_record(s, "house", 6),)
    ),
    "a pair of others": lambda b, s: both(
        b, OURS, "GET", "people:pair", (s.targets["pair"]["within van"],), (uuid4(),)
    ),
    "a pair between two agencies": lambda b, s: both(
        b, OURS, "GET", "people:pair", (s.targets["pair"]["van and house"],), (uuid4(),)
    ),
    "deciding about it": lambda b, s: both(
        b,
        OURS,
        "POST",
        "people:decide",
        (s.targets["pair"]["van and house"],),
        (uuid4(),),
        ({"judgement": "same"}, {"judgement": "same"}),
    ),
    "undoing a decision of others": lambda b, s: both(
        b, OURS, "POST", "people:undo", (s.targets["decision"]["van and house"],), (uuid4(),)
    ),
    "a list of others": lambda b, s: both(b, OURS, "GET", "lists:check", (s.targets["list"]["van's"],), (uuid4(),)),
    "taking in a list of others": lambda b, s: both(
        b, OURS, "POST", "lists:take", (s.targets["list"]["van's"],), (uuid4(),)
    ),
    "a contributor's look at a list of others": lambda b, s: both(
        b, "contributor", "GET", "lists:columns", (s.targets["list"]["van's"],), (uuid4(),)
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_known_and_unknown_are_one(browsers: Browsers, stage: Stage, case: str) -> None:
    known, unknown = CASES[case](browsers, stage)
    assert known[0] == unknown[0]
    assert known[1] == unknown[1]
    assert known[2] == unknown[2]
    assert known[3] == unknown[3], "the work was not the same"


def test_the_picture_is_to_a_contributor_as_an_unknown_address(browsers: Browsers) -> None:
    one = browsers.ask("contributor", "GET", routes()["picture:picture"].address())
    other = browsers.ask("contributor", "GET", "/no/such/place/")
    assert (one.status_code, told(one)) == (other.status_code, told(other))


def test_handing_in_a_list_with_her_in_it(browsers: Browsers) -> None:
    """The same file twice but for its one woman: known to the van, known to nobody."""
    answers = []
    for woman in (THEIRS, UNKNOWN):
        hers = canaries("riverside", "van", woman)
        text = f"Ref,Known as,Age,Area seen\n77,{hers['name']},31,{hers['area']}\n"
        file = SimpleUploadedFile("list.csv", text.encode(), "text/csv")
        with CaptureQueriesContext(connection) as questions:
            answer = browsers.ask(OURS, "POST", routes()["lists:hand-in"].address(), {"file": file})
        answers.append((word(answer), ID.sub(b"id", told(answer)), shapes(questions)))
    assert answers[0][0] == "redirect"
    assert answers[0] == answers[1]


def test_a_tell_tale_would_be_found(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look-up that says one word more about a woman whom another agency knows."""
    theirs = canaries("riverside", "van", THEIRS)["name"]
    real = look_up_pages.screen

    def telling(request: Any, *args: Any, **context: Any) -> Any:
        answer = real(request, *args, **context)
        if request.POST.get("words") == theirs:
            answer.content += b" "
        return answer

    monkeypatch.setattr(look_up_pages, "screen", telling)
    known, unknown = CASES["looking her up"](browsers, browsers.stage)
    assert known[1] != unknown[1]


def test_the_time_it_takes_is_said(browsers: Browsers, stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """100 pairs of her page. Only told: limits of time are kept in benchmarks/policy."""
    route, taken = routes()["people:record"], ([], [])  # type: tuple[Any, tuple[list[float], list[float]]]
    for number in range(100):
        ids = (on_record(stage, "van", 1), uuid4())
        for place in ((0, 1), (1, 0))[number % 2]:
            address = route.address(ids[place])
            began = time.perf_counter()
            browsers.ask(OURS, "GET", address)
            taken[place].append(time.perf_counter() - began)
    known, unknown = (statistics.median(each) * 1000 for each in taken)
    with capsys.disabled():
        print(f"\nmedian of 100: another agency's record {known:.2f} ms, no record {unknown:.2f} ms")
