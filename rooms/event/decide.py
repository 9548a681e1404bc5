"""The door of the rules: an order in, changes out, or a refusal."""

from typing import assert_never

from rooms.event import controls, conversation, due, lobby, moderation, rounds, seats, steering
from rooms.event.ledger import Ledger
from rooms.event.phases import check_command
from rooms.event.state import Attendee, Event
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.changes import Change
from rooms.language.ids import Role
from rooms.language.orders import Order
from rooms.language.refusals import Refusal, RefusedError


def decide(event: Event, order: Order) -> list[Change]:
    """What follows from an order, by the time that stands in it.

    Raises:
        RefusedError: the wish cannot be granted; nothing has changed.
    """
    return judge(event, order)[1]


def judge(event: Event, order: Order) -> tuple[Event, list[Change]]:
    """The event after an order, and what follows from it: for whoever would fold that in at once.

    Nothing follows from an order that has been carried out already, asked again over another connection.

    Raises:
        RefusedError: the wish cannot be granted; nothing has changed.
    """
    if order.cause is not None and order.cause.once in event.done:
        return event, []
    ledger = Ledger(event, order.at, order.cause)
    wish = order.wish
    if isinstance(wish, e.Errand):
        if order.role is not Role.PLATFORM:
            raise RefusedError(Refusal.NOT_ALLOWED)
        _errand(ledger, wish)
    else:
        _command(ledger, order, wish)
    due.follow_up(ledger)
    return ledger.event, ledger.changes


def _command(ledger: Ledger, order: Order, wish: k.Command) -> None:
    if order.role is Role.PLATFORM:
        raise RefusedError(Refusal.NOT_ALLOWED)
    if order.role is Role.ORGANISER:
        if not isinstance(wish, k.OrganiserCommand | k.SayChat):
            raise RefusedError(Refusal.NOT_ALLOWED)
        check_command(ledger.event.phase, wish)
        if isinstance(wish, k.SayChat):
            conversation.organiser_say(ledger, wish, order.by, order.name)
        else:
            _organiser(ledger, wish, order.name)
        return
    if not isinstance(wish, k.AttendeeCommand):
        raise RefusedError(Refusal.NOT_ALLOWED)
    by = _attendee_of(ledger, order.by)
    check_command(ledger.event.phase, wish)
    _attendee(ledger, wish, by)


def _attendee_of(ledger: Ledger, attendee: str) -> Attendee:
    try:
        person = ledger.person(attendee)
    except RefusedError as refused:
        if refused.reason is Refusal.UNKNOWN_PERSON:
            raise RefusedError(Refusal.NOT_HERE) from None
        raise
    if person.left:
        raise RefusedError(Refusal.NOT_HERE)
    return person


def _attendee(ledger: Ledger, wish: k.AttendeeCommand, by: Attendee) -> None:
    match wish:
        case k.SetReadiness():
            lobby.set_readiness(ledger, wish, by)
        case k.PassMatch():
            lobby.pass_match(ledger, by)
        case k.TakeSeat():
            seats.take_seat(ledger, wish, by)
        case k.LeaveSeat():
            seats.leave_seat(ledger, wish, by)
        case k.AcceptOffer():
            seats.accept_offer(ledger, wish, by)
        case k.AskMinute():
            conversation.ask_minute(ledger, wish, by)
        case k.TurnPrompt():
            conversation.turn_prompt(ledger, wish, by)
        case k.SayChat():
            conversation.say(ledger, wish, by)
        case k.SendReaction():
            conversation.react(ledger, wish, by)
        case k.TellMedia():
            conversation.tell_media(ledger, wish, by)
        case k.AskHelp():
            moderation.ask_help(ledger, wish, by)
        case _:
            assert_never(wish)


Programme = (
    k.OpenEvent
    | k.StartRound
    | k.CancelRound
    | k.PauseEvent
    | k.ResumeEvent
    | k.ExtendRound
    | k.EndRound
    | k.NextSegment
    | k.EndEvent
)


def _organiser(ledger: Ledger, wish: k.OrganiserCommand, name: str) -> None:
    match wish:
        case k.MoveSeat():
            seats.move_seat(ledger, wish)
        case k.PairUp():
            seats.pair_up(ledger, wish)
        case k.SendBroadcast():
            moderation.broadcast(ledger, wish, name)
        case k.RemoveAttendee():
            moderation.remove(ledger, wish)
        case k.ReadmitAttendee():
            moderation.readmit(ledger, wish)
        case k.AnswerHelp():
            moderation.answer_help(ledger, wish)
        case k.CloseReport():
            moderation.close_report(ledger, wish)
        case k.KeepTwoApart():
            moderation.keep_two_apart(ledger, wish)
        case k.PreviewRound() | k.PinRoom() | k.SwapPlaces() | k.ExcludeAttendee() | k.RedoRound():
            _steering(ledger, wish)
        case _:
            _programme(ledger, wish)


Steering = k.PreviewRound | k.PinRoom | k.SwapPlaces | k.ExcludeAttendee | k.RedoRound


def _steering(ledger: Ledger, wish: Steering) -> None:
    match wish:
        case k.PreviewRound():
            steering.preview_round(ledger)
        case k.PinRoom():
            steering.pin_room(ledger, wish)
        case k.SwapPlaces():
            steering.swap_places(ledger, wish)
        case k.ExcludeAttendee():
            steering.exclude(ledger, wish)
        case k.RedoRound():
            steering.redo(ledger, wish)
        case _:
            assert_never(wish)


def _programme(ledger: Ledger, wish: Programme) -> None:
    match wish:
        case k.OpenEvent():
            controls.open_event(ledger)
        case k.StartRound():
            controls.start_round(ledger)
        case k.CancelRound():
            controls.cancel_round(ledger)
        case k.PauseEvent():
            controls.pause(ledger)
        case k.ResumeEvent():
            controls.resume(ledger)
        case k.ExtendRound():
            controls.extend(ledger, wish)
        case k.EndRound():
            controls.end_round(ledger)
        case k.NextSegment():
            controls.next_segment(ledger)
        case k.EndEvent():
            controls.end_event(ledger)
        case _:
            assert_never(wish)


def _errand(ledger: Ledger, errand: e.Errand) -> None:
    match errand:
        case e.PlanChange():
            moderation.change_plan(ledger, errand)
        case e.Arrive():
            lobby.arrive(ledger, errand)
        case e.Depart():
            lobby.depart(ledger, errand)
        case e.ChangeCard():
            lobby.change_card(ledger, errand)
        case e.OrganiserArrive():
            lobby.organiser_arrive(ledger, errand)
        case e.OrganiserDepart():
            lobby.organiser_depart(ledger, errand)
        case e.DeadlinePassed():
            due.deadline_passed(ledger)
        case e.MatchFound():
            rounds.match_found(ledger, errand)
        case e.KeepApart():
            moderation.keep_apart(ledger, errand)
        case e.RecallMeetings():
            lobby.recall_meetings(ledger, errand)
        case e.FileReport():
            moderation.file_report(ledger, errand)
        case e.MakeConnection():
            moderation.make_connection(ledger, errand)
        case _:
            assert_never(errand)
