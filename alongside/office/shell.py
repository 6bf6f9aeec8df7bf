"""The frame of every page: who she is, for whom she acts, and where the gate lets her go."""

from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from alongside.casework.referrals.queries import ReferralRow
from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.permissions import Subject, decide
from alongside.foundation.kit.environment import url
from alongside.foundation.kit.shell import Link, Membership, Shell
from alongside.register.agencies.codes import HOUSING, Role


@dataclass(frozen=True, slots=True)
class Place:
    """A page that stands on the first page: its route and what it is for. `shortcut`: the key of one used daily."""

    route: str
    words: str
    about: str
    shortcut: str = ""


# By what they are for. Who sees which is decided by the gate, never here.
GROUPS: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "Women",
        (
            Place("people:look-up", "Look up", "Type what you have: one name, a rough age, a corner.", "l"),
            Place("people:records", "Our records", "The women your agency knows, most lately seen first.", "r"),
            Place("people:leads", "Lead workers", "Who leads for whom, whose worker has left, and what others ask."),
            Place(
                "people:shared-list",
                "Shared with us",
                "What women agreed that other agencies tell yours, and what has ended.",
            ),
            Place("people:forums", "Forums", "The panels on which you sit, and the women on their lists."),
            Place(
                "people:review",
                "Possible same women",
                "Records that may be one woman, with the reasons. You decide.",
                "q",
            ),
        ),
    ),
    (
        "Nights and drop-in",
        (
            Place("contacts:tonight", "Tonight", "Whom we hope to see, the shift, and “Saw someone”.", "t"),
            Place("contacts:sessions", "Drop-in and clinic", "Open a session and tick in who is here.", "d"),
            Place("directory:open", "What is open", "Now, later and this week; and a card of it for her pocket.", "o"),
            Place("contacts:rota", "Rota", "Who goes out when, and which standard a shift would break."),
            Place("contacts:coverage", "Coverage", "Where and when nobody has been, and the extra session to try."),
            Place(
                "contacts:together",
                "Coverage together",
                "Where and when nobody of any agency has been, and the way to the drop-in.",
            ),
            Place("contacts:map", "Map", "Contacts by hexagon of your ground, where there are enough to show."),
            Place("supplies:shelves", "Supplies", "What is on the shelves, what to order, what went out."),
            Place("contacts:notices", "Told of places", "Where an operation is, and where women have been seen."),
            Place("contacts:areas", "Areas", "The parts of your ground, by the names that workers use."),
            Place(
                "contacts:tell",
                "Tell of a place",
                "An operation, or where women were seen. It goes to those who go out.",
            ),
            Place("phone:phones", "Phones", "Get a phone ready for the night, and take a lost one out of use.", "n"),
        ),
    ),
    (
        "Beds and referrals",
        (
            Place(
                "accommodation:board",
                "Beds tonight",
                "Who is here, what is free, held or not in use, and who waits.",
                "b",
            ),
            Place(
                "accommodation:houses", "Houses", "Every house of the partnership, whom it takes and where it leads."
            ),
            Place("services", "Our services", "What your agency runs, whom it takes, and who may send women there."),
            Place("referrals:index", "Referrals", "What waits for your answer, and what came of what you sent.", "f"),
            Place(
                "referrals:across",
                "Referrals across agencies",
                "Who waits for whose answer, by number and without a name.",
            ),
            Place("accommodation:what-if", "More places?", "What more places would do to waits and to the street."),
        ),
    ),
    (
        "Lists and figures",
        (
            Place("lists:index", "Lists", "Hand in a list in your own format, see what came of it, and undo it.", "h"),
            Place("picture:picture", "The picture", "How many women there are, and how many nobody has met.", "p"),
            Place(
                "returns:index", "Returns", "Figures for a period, each with what it is out of and what it means.", "m"
            ),
            Place("commissioning:plans", "Plans and targets", "What was agreed for a period, beside what was counted."),
            Place("commissioning:review", "Two years", "Eight quarters of every figure, as pictures and on paper."),
            Place(
                "commissioning:areas",
                "Beside other areas",
                "Our figures beside those that other areas printed, each with its own definition.",
            ),
            Place(
                "commissioning:questions",
                "Questions about figures",
                "What commissioners asked, what was answered, and what the next meeting has before it.",
            ),
            Place("commissioning:earlier", "Returns made elsewhere", "Hand one in, and see what does not fit in it."),
            Place("to-mend", "To mend", "What the quarter’s return will need and nobody wrote down: a tap each."),
            Place("returns:releases", "Releases", "Figures that went out: rounded, frozen, each with what it means."),
        ),
    ),
    (
        "Confidentiality",
        (
            Place(
                "rights:desk",
                "Data protection",
                "What waits for you: requests, emergency looks, what is due, breaches.",
                "k",
            ),
            Place(
                "rights:hers",
                "Rights and requests",
                "What she asks of us, what others ask about her, and what was shared.",
                "e",
            ),
            Place("who-looked", "Who looked", "Who in your agency did or read what, by day.", "w"),
            Place("traces:unusual", "Unusual reading", "What was read in your agency and is out of the ordinary.", "u"),
            Place(
                "traces:seals", "Is the trail whole?", "Keep a seal of all that was read and done, and check one.", "z"
            ),
        ),
    ),
    (
        "This installation",
        (
            Place(
                "programs:keys",
                "Keys for programs",
                "Let a program of your own agency read contacts or shifts, without a name.",
            ),
            Place(
                "own-sign-in",
                "Your agency’s own sign-in",
                "Let your workers sign in here as they do at work.",
            ),
            Place("staff", "Who works here", "Once a quarter: say who still works in your agency, and who has left."),
            Place("leaving", "Leave the partnership", "What ends when your agency leaves, and taking its data along."),
            Place("departures", "Agencies that leave", "Which agency asked to leave, and what ends with it."),
            Place(
                "installation",
                "Workers and installation",
                "Who works here in which role, and whether all is well.",
                "i",
            ),
        ),
    ),
)
FIT = 8  # links beside each other; where there are more, the navigation keeps those with a key of their own
# What a worker may do from a woman's own page, in the rooms above the register; each takes the record's id.
BESIDE_HER = (
    ("her-page", "Her page"),
    ("referrals:refer", "Refer her"),
    ("accommodation:woman", "Beds and lists"),
    ("needs:of-her", "What we know"),
)
NOBODYS = UUID(int=0)  # stands in an address where a record's id will
ACCOUNT = (("mfa_index", "How you sign in"), ("usersessions_list", "Where you are signed in"))


@cache
def _target(route: str) -> tuple[str, str] | None:
    """Address and permission of a route; None while no room has made it."""
    try:
        address = reverse(route)
        permission = getattr(resolve(address).func, "permission", "")
    except (NoReverseMatch, Resolver404):
        return None
    return (address, permission) if permission else None


Found = tuple[Place, str]  # a place and its address


def places(actor: Actor) -> list[tuple[str, list[Found]]]:
    """The places that the gate opens to this actor, by group."""
    own = Subject(partnership=actor.partnership, agency=actor.agency)
    found = []
    for group, members in GROUPS:
        targets = [(place, _target(place.route)) for place in members]
        open_to_her = [(place, at[0]) for place, at in targets if at and decide(actor, at[1], own).allowed]
        if open_to_her:
            found.append((group, open_to_her))
    return found


def _navigation(actor: Actor) -> list[Found]:
    every = [each for _, members in places(actor) for each in members]
    return every if len(every) <= FIT else [each for each in every if each[0].shortcut]


def beside_her(actor: Actor, record: UUID) -> list[Link]:
    """The doors that stand on a record's page, as far as the gate opens them."""
    doors = [(words, *_door(route)) for route, words in BESIDE_HER]
    return [
        Link(words, address.replace(str(NOBODYS), str(record)))
        for words, address, permission in doors
        if decide(actor, permission).allowed
    ]


@cache
def _door(route: str) -> tuple[str, str]:
    """Address and permission of a route that takes a record's id."""
    address = reverse(route, args=[NOBODYS])
    return address, getattr(resolve(address).func, "permission", "")


def accept_at(row: ReferralRow) -> str:
    """Where a yes is said that does more than say yes: a house puts her on its list. Empty: on the referral's page."""
    if row.kind not in HOUSING or row.is_outside:
        return ""
    return reverse("accommodation:accept", args=[row.id])


def acting_words(membership: Any) -> str:
    """ "Nightlight Outreach, outreach worker"."""
    return f"{membership.agency.name}, {Role(membership.role).words[0].lower()}{Role(membership.role).words[1:]}"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Before the gate has run, or signed out, it is the signed-out frame."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shell": Shell(footer=_demo_entrance())}
    acting = getattr(request, "acting_as", None)
    actor = getattr(request, "actor", NOBODY)
    return {
        "beside_her": partial(beside_her, actor),
        "accept_at": accept_at,
        "shell": Shell(
            worker=user.name,
            acting_for=acting_words(acting) if acting else "No agency chosen",
            agencies=tuple(
                Membership(str(each.id), acting_words(each), acting is not None and each.id == acting.id)
                for each in getattr(request, "memberships", ())
            ),
            navigation=tuple(
                Link(place.words, address, _is_current(request.path, address), shortcut=place.shortcut)
                for place, address in _navigation(actor)
            ),
            account=tuple(Link(words, url(route)) for route, words in ACCOUNT),
            home_url=url("home"),
            switch_url=url("act-for"),
            sign_out_url=url("account_logout"),
            hide_url=url("hide"),
            away_url=url("away"),
        ),
    }


def _demo_entrance() -> tuple[Link, ...]:
    try:
        return (Link("Enter the demo", reverse("demo")),)
    except NoReverseMatch:
        return ()


def _is_current(path: str, address: str) -> bool:
    return path == address
