"""Kill -9 while phones send: `python -m tests.faults.phone.kills --acks 100000 --kills 20` (P10 on this path).

The whole product is served from a directory of its own. Phones send envelopes as fast as it takes them; every now and
then everything is killed at once, PostgreSQL too, and started again. An acknowledgement is a 200 at the phone. In the
end each acknowledged envelope has to be there once, with its contact. `--careless` counts a request without an answer
as acknowledged: a defect that has to be found.
"""

import argparse
import base64
import http.client
import json
import os
import random
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tests.browser.phone import tell
from tests.browser.serving import Served

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
BACK_WITHIN_SECONDS = 120
PHONES = """
import base64, json
from alongside.foundation.gate.level import acting_as
from alongside.foundation.vault.outbox import outbox_public_key
from alongside.phone.actions import set_up_phone
from alongside.register.agencies import queries as agencies

partnership = agencies.partnerships()[0].id
amara = next(each for each in agencies.memberships_in_force(partnership) if each.worker_name == "Amara Obi")
actor = agencies.actor_of_membership(amara.id)
tokens = []
for number in range(%d):
    with acting_as(actor):
        tokens.append(str(set_up_phone(actor, membership=amara.id, name=f"Phone {number}")))
print(json.dumps([str(actor.agency), base64.b64encode(outbox_public_key(actor.agency)).decode(), tokens]))
"""
THERE = """
import json
from alongside.config import postgres
with postgres.address().connect() as owner:
    print(json.dumps([
        [str(op) for (op,) in owner.execute("SELECT op FROM phone_envelope").fetchall()],
        [str(pk) for (pk,) in owner.execute(
            "SELECT id FROM contacts_unnamedcontact UNION ALL SELECT id FROM contacts_contact").fetchall()],
    ]))
"""


@dataclass
class Sender(threading.Thread):
    """A phone that sends one envelope after another and repeats each until it is acknowledged."""

    port: int
    token: str
    agency: UUID
    key: ec.EllipticCurvePublicKey
    careless: bool
    acked: list[str] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        number, connection = 0, None
        device = self.token.split(".")[1]
        while not self.enough.is_set():
            number, op = number + 1, str(uuid4())
            now = datetime.now(UTC).isoformat()
            told = {"version": 1, "device": device, "op": op, "at": now, "outcome": "seen", "place": "street"}
            sealed = SUITE.encrypt(json.dumps(told).encode(), self.key, info=f"outbox:v1:{self.agency}".encode())
            whole = base64.b64encode(sealed).decode()
            body = json.dumps({"op": op, "number": number, "sealed": whole, "clock": now})
            while not self.enough.is_set():
                try:
                    connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                    connection.request("POST", "/phone/sync/", body, {"Authorization": f"Bearer {self.token}"})
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status == 200:
                        self.acked.append(op)
                        break
                except (OSError, http.client.HTTPException):
                    if self.careless and connection is not None:
                        self.acked.append(op)
                        connection = None
                        break
                    connection = None
                time.sleep(0.2)


class Killed:
    """The product served in a process group of its own, so that all of it can be killed at one blow."""

    def __init__(self, served: Served) -> None:
        self.served, self.port = served, lasting_port()
        self.process: Any = None

    def start(self) -> float:
        """Seconds until it answered again."""
        began = time.monotonic()
        self.process = self.served.start("serve", "--port", str(self.port), "--demo", "--no-lists", apart=True)
        said: list[str] = []
        threading.Thread(target=said.extend, args=[self.process.stdout], daemon=True).start()
        while time.monotonic() - began < BACK_WITHIN_SECONDS:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/robots.txt")
                if connection.getresponse().status == 200:
                    return time.monotonic() - began
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            if self.process.poll() is not None:
                break
        raise SystemExit("It did not come back:\n" + "".join(said))

    def stop(self) -> None:
        """As Ctrl-C ends it."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)

    def kill(self) -> None:
        """Every process that belongs to this installation, PostgreSQL first, and none of anybody else."""
        home = str(self.served.home)
        for pid_file in Path(home).rglob("postmaster.pid"):
            os.kill(int(pid_file.read_text().split("\n")[0]), signal.SIGKILL)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for each in Path("/proc").iterdir():
            if each.name.isdigit() and int(each.name) != os.getpid():
                try:
                    if f"ALONGSIDE_HOME={home}\0".encode() in (each / "environ").read_bytes():
                        os.kill(int(each.name), signal.SIGKILL)
                except OSError:
                    continue


def lasting_port() -> int:
    """Free, and below those handed to callers: a phone that calls while nobody listens may be given its own."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--acks", type=int, default=100_000)
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--phones", type=int, default=16)
    asked.add_argument("--careless", action="store_true")
    wanted = asked.parse_args()
    served = Served("kills", ALONGSIDE_DEMO="1")
    try:
        return run(served, wanted)
    finally:
        served.remove()


def run(served: Served, wanted: argparse.Namespace) -> int:
    code, said = served.run(["demo", "--no-lists"])
    assert code == 0, said
    agency, key, tokens = tell(served, PHONES % wanted.phones)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(key))
    product = Killed(served)
    product.start()
    senders = [Sender(product.port, token, UUID(agency), point, wanted.careless) for token in tokens]
    for each in senders:
        each.start()
    back = []
    while len(back) < wanted.kills or acks(senders) < wanted.acks:
        due = wanted.acks * (len(back) + random.random()) / wanted.kills
        while acks(senders) < min(due, wanted.acks):
            time.sleep(0.05)
        if len(back) < wanted.kills:
            product.kill()
            back.append(product.start())
            print(f"{acks(senders):,} acknowledged; killed {len(back)} times; back in {back[-1]:.1f} s", flush=True)
    for each in senders:
        each.enough.set()
    for each in senders:
        each.join(30)
    envelopes, contacts = tell(served, THERE)
    product.stop()
    acked = [op for each in senders for op in each.acked]
    lost = set(acked) - set(envelopes), set(acked) - set(contacts)
    double = len(envelopes) - len(set(envelopes)), len(contacts) - len(set(contacts))
    apart = set(envelopes) ^ set(contacts)
    print(
        f"acknowledged {len(acked):,}; kills {len(back)}; envelopes lost {len(lost[0])}, double {double[0]};"
        f" contacts lost {len(lost[1])}, double {double[1]}; one without the other {len(apart)};"
        f" back within {max(back):.1f} s (median {sorted(back)[len(back) // 2]:.1f} s)"
    )
    return 1 if lost[0] or lost[1] or any(double) or apart else 0


def acks(senders: list[Sender]) -> int:
    return sum(len(each.acked) for each in senders)


if __name__ == "__main__":
    sys.exit(main())
