"""The log goes to another machine as well (`ALONGSIDE_LOG_TO`): the same lines, and no value in them."""

import json
import logging
import logging.config
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

from alongside.config import logs

HERS = "Zqkaaanamexv"


@pytest.fixture
def syslog() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(10)
        yield listening


def sent(syslog: socket.socket, **left_out: object) -> bytes:
    """What a fault with her name in it sends, by the product's settings."""
    handlers = logs.handlers(f"127.0.0.1:{syslog.getsockname()[1]}")
    handler = {**handlers["elsewhere"], **left_out}
    name = "alongside.tests.elsewhere"
    own = {"handlers": {"elsewhere": handler}, "root": {}, "loggers": {name: {"handlers": ["elsewhere"]}}}
    logging.config.dictConfig({**settings.LOGGING, **own, "incremental": False})
    try:
        raise RuntimeError(f"{HERS} is not there")
    except RuntimeError:
        logging.getLogger(name).exception("%s was opened", HERS)
    finally:
        logging.config.dictConfig(settings.LOGGING)
    return syslog.recv(65_536)


def test_the_same_lines_go_to_a_syslog_and_hold_no_value(syslog: socket.socket) -> None:
    line = sent(syslog)
    told = json.loads(line[line.index(b">") + 1 :].rstrip(b"\0"))
    assert told["event"].startswith("RuntimeError at ")
    assert told["level"] == "error"
    assert HERS.encode() not in line


def test_a_line_with_her_name_would_be_found(syslog: socket.socket) -> None:
    assert HERS.encode() in sent(syslog, filters=[])


@pytest.mark.parametrize(
    ("log_to", "where"), [("", None), ("/dev/log", "/dev/log"), ("logs.example:514", ("logs.example", 514))]
)
def test_where_it_goes_is_the_operators_to_say(log_to: str, where: object) -> None:
    assert logs.handlers(log_to).get("elsewhere", {}).get("address") == where


def test_the_settings_take_it_from_the_environment() -> None:
    ask = "from django.conf import settings; print(settings.LOGGING['root']['handlers'])"
    given = {**os.environ, "ALONGSIDE_LOG_TO": "/dev/log"}
    answer = subprocess.run([sys.executable, "-c", ask], env=given, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "['stderr', 'elsewhere']"
