"""Reading a phone's sealed file, and taking in what stands in it: each envelope once, whatever came by air before."""

import base64
import json
from dataclasses import dataclass
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.phone.actions import OtherBody, hand_in
from alongside.phone.rules import LARGEST_SEALED

LARGEST_FILE = 2 * 1024 * 1024
MOST_ENVELOPES = 2_000


class NotAPhonesFile(Exception):
    """The file was not made by the phone app, or was cut short."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """`envelopes`: (op, number, sealed)."""

    device: UUID
    envelopes: tuple[tuple[UUID, int, bytes], ...]


@dataclass(frozen=True, slots=True)
class CameIn:
    new: int
    again: int
    other: int  # an envelope of this number is here and says something else


def read_file(content: bytes) -> HandedIn:
    """Raises NotAPhonesFile."""
    try:
        told = json.loads(content)
        if told["version"] != 1 or len(told["envelopes"]) > MOST_ENVELOPES:
            raise NotAPhonesFile
        return HandedIn(UUID(told["device"]), tuple(_envelope(each) for each in told["envelopes"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NotAPhonesFile from None


def _envelope(told: dict[str, object]) -> tuple[UUID, int, bytes]:
    number, sealed = told["number"], base64.b64decode(str(told["sealed"]), validate=True)
    if not isinstance(number, int) or not 0 < number < 2**31 or len(sealed) > LARGEST_SEALED:
        raise NotAPhonesFile
    return UUID(str(told["op"])), number, sealed


def take_in_file(actor: Actor, handed_in: HandedIn) -> CameIn:
    """Raises NotFound when the phone is not one of the actor's agency."""
    new = again = other = 0
    for op, number, sealed in handed_in.envelopes:
        try:
            receipt = hand_in(actor, device=handed_in.device, op=op, number=number, sealed=sealed)
        except OtherBody:
            other += 1
            continue
        again, new = again + receipt.again, new + (not receipt.again)
    return CameIn(new, again, other)
