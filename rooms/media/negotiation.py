"""Who offers and who yields, as a table: the counterpart of the browsers' perfect negotiation.

The one with the smaller id is *polite*: it waits for the other's offer, and gives way when both offered at once.
"""

from enum import Enum


class Step(Enum):
    """Where the exchange of descriptions stands."""

    WAITING = "waiting"
    """Nothing offered yet; the partner's turn."""
    OFFERED = "offered"
    """Ours is out; their answer is due."""
    SETTLED = "settled"
    """Both sides know each other."""


class Cause(Enum):
    """What came: a signal of the partner, or something that we noticed ourselves."""

    OFFER = "offer"
    FRESH_OFFER = "fresh_offer"
    """An offer with other ICE credentials than before: aiortc cannot restart ICE, only begin again."""
    ANSWER = "answer"
    RESTART = "restart"
    HANG_UP = "hang-up"
    NO_ANSWER = "no_answer"
    UNHEARD = "unheard"
    """Their offer left no place for something we send, a picture to somebody without a camera."""
    BROKEN = "broken"
    """ICE or DTLS gave up."""


class Deed(Enum):
    """What to do about it."""

    NOTHING = "nothing"
    ACCEPT = "accept"
    """Take the answer."""
    REPLY = "reply"
    """Take the offer, answer it."""
    OFFER = "offer"
    """Offer on the connection there is."""
    REBUILD_AND_REPLY = "rebuild_and_reply"
    """Begin with a new connection, then take the offer. Stands in for rollback, which aiortc lacks."""
    REBUILD_AND_OFFER = "rebuild_and_offer"
    REBUILD_AND_ASK = "rebuild_and_ask"
    """Begin with a new connection and ask the partner to offer."""
    REBUILD_AND_WAIT = "rebuild_and_wait"


AFTER: dict[Deed, Step | None] = {
    Deed.NOTHING: None,
    Deed.ACCEPT: Step.SETTLED,
    Deed.REPLY: Step.SETTLED,
    Deed.OFFER: Step.OFFERED,
    Deed.REBUILD_AND_REPLY: Step.SETTLED,
    Deed.REBUILD_AND_OFFER: Step.OFFERED,
    Deed.REBUILD_AND_ASK: Step.WAITING,
    Deed.REBUILD_AND_WAIT: Step.WAITING,
}
"""Where each deed leads; None stays."""


def first_step(polite: bool) -> Step:
    """Where a new connection begins: the impolite one offers at once."""
    return Step.WAITING if polite else Step.OFFERED


def respond(step: Step, cause: Cause, polite: bool) -> Deed:
    """What to do when `cause` comes at `step`. Every pair has an answer."""
    match cause:
        case Cause.OFFER | Cause.FRESH_OFFER:
            return _on_offer(step, cause, polite)
        case Cause.ANSWER:
            return Deed.ACCEPT if step is Step.OFFERED else Deed.NOTHING
        case Cause.HANG_UP:
            # They part from an earlier life of ours when our new offer is out already; that one stands.
            return Deed.REBUILD_AND_WAIT if step is Step.SETTLED else Deed.NOTHING
        case Cause.RESTART:
            return Deed.REBUILD_AND_WAIT if polite else Deed.REBUILD_AND_OFFER
        case Cause.NO_ANSWER:
            return Deed.REBUILD_AND_OFFER if step is Step.OFFERED else Deed.NOTHING
        case Cause.UNHEARD:
            return Deed.OFFER if step is Step.SETTLED else Deed.NOTHING
        case Cause.BROKEN:
            return Deed.REBUILD_AND_ASK if polite else Deed.REBUILD_AND_OFFER


def _on_offer(step: Step, cause: Cause, polite: bool) -> Deed:
    if step is Step.OFFERED:
        return Deed.REBUILD_AND_REPLY if polite else Deed.NOTHING
    if step is Step.SETTLED and cause is Cause.FRESH_OFFER:
        return Deed.REBUILD_AND_REPLY
    return Deed.REPLY
