"""How this server asks a sign-in service that somebody typed in: by https, at a public address, once, and not for long.

Without these limits whoever sets one up could have the server call its own neighbours. The address is looked at after
the connection stands and before a byte is sent: a name that changes its mind in between gains nothing.
"""

import socket
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import NewConnectionError

SECONDS = 5
MOST_BYTES = 1_000_000
HERE = frozenset({"127.0.0.1", "localhost"})


class NotOutside(requests.RequestException):
    """An address that this server does not ask."""


def is_public(address: str) -> bool:
    """Of an IP address: whether it is anybody's on the internet."""
    found = ip_address(address)
    plain = getattr(found, "ipv4_mapped", None) or found
    return bool(plain.is_global and not plain.is_multicast)


def may_ask(url: str) -> bool:
    """https; on this machine only, for the demo and tests, http to itself."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # a port that is none raises
    except ValueError:
        return False
    if parts.username or parts.password or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and settings.IS_LOCAL and host in HERE)


class _Connection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        if not is_public(made.getpeername()[0]):
            made.close()
            raise NewConnectionError(self, "not a public address")
        return made


class _Pool(HTTPSConnectionPool):
    ConnectionCls = _Connection


class Limited(HTTPAdapter):
    """Answers are read up to a size, and waited for up to a time."""

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        if not may_ask(request.url or ""):
            raise NotOutside(request=request)
        options |= {"stream": True, "timeout": SECONDS}
        response = super().send(request, *args, **options)
        body = response.raw.read(MOST_BYTES + 1, decode_content=True)
        response.close()
        if len(body) > MOST_BYTES:
            raise NotOutside(request=request)
        response._content = body
        return response


class Outside(Limited):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"https": _Pool}


def session() -> requests.Session:
    """Follows no redirect, and takes neither proxy nor password from the machine's environment."""
    made = requests.Session()
    made.trust_env = False
    made.max_redirects = 0
    made.mount("https://", Outside())
    made.mount("http://", Limited())
    return made
