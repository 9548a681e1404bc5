// @ts-check
/**
 * The words on the wire. Printed by `python -m server protocol` from `rooms/language`; change it there.
 */

/**
 * One part of the agenda with the time at which it begins, as things stand now.
 * @typedef {object} SegmentView
 * @property {"break"|"closing"|"lobby"|"rounds"} kind
 * @property {string} title
 * @property {number|null} startsAt
 * @property {number} lengthMs
 * @property {number} rounds
 * @property {number} size
 * @property {number} roundLengthMs
 * @property {number} changeoverMs
 * @property {string} hint
 */

/**
 * A length of time that runs, or stands while paused.
 * @typedef {object} Clock
 * @property {number} lengthMs
 * @property {number|null} endsAt
 * @property {number|null} leftMs
 */

/**
 * Where the event stands; the same for everybody.
 * @typedef {object} EventView
 * @property {string} id
 * @property {string} name
 * @property {"changeover"|"closing"|"draft"|"ended"|"forming"|"lobby"|"talking"} phase
 * @property {number} segment
 * @property {Array<SegmentView>} agenda
 * @property {number} round
 * @property {number} rounds
 * @property {Clock|null} clock
 * @property {boolean} paused
 * @property {number} behindMs
 * @property {boolean} waitingForPeople
 */

/**
 * One person of the lobby's list.
 * @typedef {object} RosterRow
 * @property {string} id
 * @property {string} name
 * @property {string} pronouns
 * @property {string} team
 * @property {string} headline
 * @property {boolean} ready
 * @property {"coming"|"here"|"left"|"reconnecting"} presence
 * @property {boolean} talking
 */

/**
 * One line of chat. `room` is None in the lobby.
 * @typedef {object} ChatLine
 * @property {number} id
 * @property {number} at
 * @property {string} by
 * @property {string} name
 * @property {string} text
 * @property {string|null} room
 * @property {boolean} organiser
 */

/**
 * What one attendee shows to everybody else. Contact fields are never here.
 * @typedef {object} Card
 * @property {string} id
 * @property {string} name
 * @property {string} pronouns
 * @property {string} said
 * @property {string} team
 * @property {string} headline
 * @property {string} place
 * @property {string} timezone
 * @property {Array<string>} interests
 * @property {string} askMe
 * @property {Array<string>} lookingFor
 * @property {Array<string>} offering
 * @property {Array<string>} languages
 * @property {boolean} audioOnly
 * @property {boolean} textFirst
 * @property {boolean} groupsOnly
 */

/**
 * Why these people meet, or why somebody sits out; a code with its particulars.
 * @typedef {object} Reason
 * @property {"again"|"alone"|"companion"|"first_time"|"host_wish"|"kept_apart"|"latecomer"|"moved"|"must_meet"|"next_round"|"not_connected"|"not_enough_people"|"odd_number"|"offer_meets_wish"|"other_team"|"own_wish"|"pinned"|"repeat"|"rule"|"shared_interest"} code
 * @property {Array<string>} members
 * @property {Array<string>} what
 */

/**
 * A place that somebody without a partner may take.
 * @typedef {object} Offer
 * @property {string} room
 * @property {Array<string>} names
 */

/**
 * What one attendee is told of themselves.
 * @typedef {object} Me
 * @property {Card} card
 * @property {boolean} ready
 * @property {number} satOut
 * @property {Reason|null} withoutRoom
 * @property {Offer|null} offer
 * @property {boolean} helpAsked
 */

/**
 * One seat of a room as the others in it see it.
 * @typedef {object} RoomPerson
 * @property {Card} card
 * @property {"coming"|"here"|"left"|"reconnecting"} presence
 * @property {string|null} connection
 * @property {boolean} microphone
 * @property {boolean} camera
 */

/**
 * The card on the table, the same for everyone in the room.
 * @typedef {object} Prompt
 * @property {string} deck
 * @property {string} text
 * @property {number} turnedAt
 * @property {string|null} turnedBy
 */

/**
 * A room as those who sit in it see it; the same bytes for all of them.
 * @typedef {object} RoomView
 * @property {string} id
 * @property {number} number
 * @property {number} round
 * @property {Array<RoomPerson>} people
 * @property {Clock} clock
 * @property {Array<Reason>} reasons
 * @property {Prompt|null} prompt
 * @property {Array<string>} minuteAskedBy
 * @property {boolean} minutePossible
 * @property {boolean} extended
 * @property {Array<ChatLine>} chat
 */

/**
 * Whom one attendee meets next, or why nobody.
 * @typedef {object} Next
 * @property {number} round
 * @property {number|null} startsAt
 * @property {Array<Card>} people
 * @property {Array<Reason>} reasons
 * @property {Reason|null} sitsOut
 */

/**
 * One attendee as organisers see them.
 * @typedef {object} BoardPerson
 * @property {string} id
 * @property {string} name
 * @property {string} team
 * @property {"coming"|"here"|"left"|"reconnecting"} presence
 * @property {boolean} ready
 * @property {string|null} room
 * @property {Reason|null} why
 * @property {number|null} health
 * @property {boolean} microphone
 * @property {boolean} camera
 * @property {number} arrivedAt
 * @property {number|null} goneSince
 * @property {string|null} helpText
 * @property {number|null} helpAt
 * @property {boolean} removed
 */

/**
 * One open room as organisers see it.
 * @typedef {object} BoardRoom
 * @property {string} id
 * @property {number} number
 * @property {Array<string>} people
 * @property {Clock} clock
 * @property {boolean} extended
 */

/**
 * One fact for the activity feed; the console makes the sentence.
 * @typedef {object} FeedLine
 * @property {number} id
 * @property {number} at
 * @property {"alone"|"arrived"|"broadcast"|"connection"|"event_ended"|"event_opened"|"excluded"|"extended"|"help"|"help_answered"|"included"|"joined_late"|"left"|"media_failed"|"moved"|"parted"|"paused"|"redone"|"removed"|"report"|"resumed"|"returned"|"room_extended"|"round_ended"|"round_started"|"segment"|"swapped"|"unparted"} kind
 * @property {Array<string>} names
 * @property {number|null} room
 * @property {string} text
 */

/**
 * One report, for the top of "needs you".
 * @typedef {object} ReportLine
 * @property {number} id
 * @property {number} at
 * @property {string} by
 * @property {string} about
 * @property {number|null} room
 * @property {string} kind
 * @property {string} text
 * @property {boolean} done
 */

/**
 * One rule that could not be kept for these people.
 * @typedef {object} GivenUp
 * @property {string} rule
 * @property {Array<string>} members
 * @property {string} because
 */

/**
 * How far teams meet each other; counted are those whose team is known.
 * @typedef {object} Mixing
 * @property {number} pairs
 * @property {number} across
 */

/**
 * The round that comes next, as far as it is known; its rooms stand beside it.
 * @typedef {object} NextRound
 * @property {number} round
 * @property {number} rooms
 * @property {boolean} making
 * @property {boolean} made
 * @property {boolean} shown
 * @property {Array<Reason>} sitsOut
 * @property {Array<GivenUp>} givenUp
 * @property {Mixing} mixing
 * @property {Array<string>} excluded
 * @property {number} redo
 */

/**
 * Two in one room who met before in this event.
 * @typedef {object} Repeat
 * @property {[string, string]} members
 * @property {Array<number>} rounds
 */

/**
 * One room of the next round.
 * @typedef {object} NextRoom
 * @property {number} number
 * @property {Array<string>} people
 * @property {Array<Reason>} reasons
 * @property {Array<Repeat>} repeats
 * @property {boolean} pinned
 */

/**
 * Everything the console shows beyond what everybody sees.
 * @typedef {object} Board
 * @property {Array<BoardPerson>} people
 * @property {Array<BoardRoom>} rooms
 * @property {Array<FeedLine>} feed
 * @property {Array<ReportLine>} reports
 * @property {number} connectionsMade
 * @property {Array<string>} organisers
 * @property {NextRound} next
 * @property {Array<NextRoom>} nextRooms
 * @property {Array<[string, string]>} apart
 * @property {Array<[string, string]>} nevers
 */

/**
 * Everything one viewer may know: the first picture, the way to catch up, what tests assert on.
 * @typedef {object} Snapshot
 * @property {number} seq
 * @property {number} now
 * @property {EventView} event
 * @property {Array<RosterRow>} roster
 * @property {number} present
 * @property {number} ready
 * @property {Array<ChatLine>} chat
 * @property {Me|null} me
 * @property {RoomView|null} room
 * @property {Next|null} next
 * @property {Board|null} board
 */

/**
 * Answer to `hello`: start from this picture. Also sent to a reader that fell behind.
 * @typedef {object} Welcome
 * @property {"welcome"} type
 * @property {Snapshot} snapshot
 */

/**
 * Answer to `hello` when nothing was missed: go on as you are.
 * @typedef {object} Resumed
 * @property {"resumed"} type
 * @property {number} seq
 * @property {number} now
 */

/**
 * The line is alive, the clock reads this.
 * @typedef {object} Pulse
 * @property {"pulse"} type
 * @property {number} now
 * @property {number} seq
 */

/**
 * The command with this `ref` was carried out.
 * @typedef {object} Settled
 * @property {"settled"} type
 * @property {number} ref
 */

/**
 * The command with this `ref` was not carried out; nothing changed.
 * @typedef {object} Refused
 * @property {"refused"} type
 * @property {number} ref
 * @property {"not_allowed"|"not_open"|"event_ended"|"event_full"|"wrong_phase"|"round_closed"|"wrong_room"|"room_full"|"room_gone"|"kept_apart"|"unknown_person"|"not_here"|"removed"|"no_spare_time"|"too_soon"|"too_few"|"nothing_next"|"already_paused"|"not_paused"|"unknown_report"|"no_round"|"nothing_made"|"made_anew"|"opens_now"|"busy"} reason
 * @property {string} sentence
 */

/**
 * Where the event stands. Everyone.
 * @typedef {object} EventChanged
 * @property {"event.changed"} type
 * @property {EventView} event
 * @property {number} now
 * @property {number} seq
 */

/**
 * Some rows are new or different, some are gone. Everyone, at most four a second.
 * @typedef {object} RosterChanged
 * @property {"roster.changed"} type
 * @property {Array<RosterRow>} rows
 * @property {Array<string>} gone
 * @property {number} present
 * @property {number} ready
 * @property {number} seq
 */

/**
 * What you are told of yourself. One person.
 * @typedef {object} MeChanged
 * @property {"me.changed"} type
 * @property {Me} me
 * @property {number} seq
 */

/**
 * Whom you meet next; None when that is not known (any more). One person.
 * @typedef {object} NextChanged
 * @property {"next.changed"} type
 * @property {Next|null} next
 * @property {number} seq
 */

/**
 * Your room, whole. A room with another id is another room. The people of one room.
 * @typedef {object} RoomChanged
 * @property {"room.changed"} type
 * @property {RoomView} room
 * @property {number} now
 * @property {number} seq
 */

/**
 * You have no seat in that room any more. One person, or the people of one room when it closes.
 * @typedef {object} RoomLeft
 * @property {"room.left"} type
 * @property {string} room
 * @property {"alone"|"left"|"moved"|"removed"|"round_ended"} why
 * @property {number} seq
 */

/**
 * A line of chat, in the lobby (everyone) or in your room.
 * @typedef {object} ChatHeard
 * @property {"chat.heard"} type
 * @property {ChatLine} line
 * @property {number} seq
 */

/**
 * Somebody in your room reacted.
 * @typedef {object} ReactionSeen
 * @property {"reaction.seen"} type
 * @property {string} attendee
 * @property {string} room
 * @property {string} kind
 * @property {number} seq
 */

/**
 * An organiser's banner.
 * @typedef {object} BroadcastHeard
 * @property {"broadcast.heard"} type
 * @property {string} text
 * @property {string} name
 * @property {number} seq
 */

/**
 * This person said yes too. The two of them.
 * @typedef {object} ConnectionFound
 * @property {"connection.found"} type
 * @property {string} attendee
 * @property {string} name
 * @property {number} seq
 */

/**
 * What differs on the console. Organisers. Rows replace rows with the same id.
 * @typedef {object} BoardChanged
 * @property {"board.changed"} type
 * @property {number} seq
 * @property {number} now
 * @property {Array<BoardPerson>} people
 * @property {Array<BoardRoom>} rooms
 * @property {Array<string>} roomsClosed
 * @property {Array<FeedLine>} feed
 * @property {Array<ReportLine>} reports
 * @property {number|null} connectionsMade
 * @property {Array<string>|null} organisers
 * @property {NextRound|null} next
 * @property {Array<NextRoom>} nextRooms
 * @property {Array<[string, string]>|null} apart
 * @property {Array<[string, string]>|null} nevers
 */

/**
 * I want to be matched, or I sit out. Attendees, always.
 * @typedef {object} SetReadiness
 * @property {"readiness.set"} type
 * @property {boolean} ready
 */

/**
 * Not now: I would rather not meet the next person shown to me. Attendees, while forming or in changeover.
 * @typedef {object} PassMatch
 * @property {"match.pass"} type
 */

/**
 * I am in the room I was given. Attendees, while that room is open.
 * @typedef {object} TakeSeat
 * @property {"seat.take"} type
 * @property {string} room
 */

/**
 * I leave this round; the others are told only that I had to go. Attendees with a seat.
 * @typedef {object} LeaveSeat
 * @property {"seat.leave"} type
 * @property {string} room
 */

/**
 * I join the room offered to me. Attendees to whom it is offered.
 * @typedef {object} AcceptOffer
 * @property {"offer.accept"} type
 * @property {string} room
 */

/**
 * One more minute, please; given when all in the room asked. `wanted` false takes it back. Attendees with a
 * seat.
 * @typedef {object} AskMinute
 * @property {"minute.ask"} type
 * @property {string} room
 * @property {boolean} wanted
 */

/**
 * Another card, please. Attendees with a seat, at most once in five seconds a room.
 * @typedef {object} TurnPrompt
 * @property {"prompt.turn"} type
 * @property {string} room
 */

/**
 * A line to the room, or to the lobby when `room` is null. Attendees in their own room or in the lobby;
 * organisers in the lobby.
 * @typedef {object} SayChat
 * @property {"chat.say"} type
 * @property {string} text
 * @property {string|null} room
 */

/**
 * A sign of feeling, shown for a moment. Attendees with a seat.
 * @typedef {object} SendReaction
 * @property {"reaction.send"} type
 * @property {string} room
 * @property {"clap"|"heart"|"laugh"|"think"|"thumb"|"wave"} kind
 */

/**
 * How my microphone, camera and connection are. Attendees, on change and at most every five seconds.
 * @typedef {object} TellMedia
 * @property {"media.tell"} type
 * @property {boolean} microphone
 * @property {boolean} camera
 * @property {number|null} health
 */

/**
 * An organiser, please. An empty text is fine; `wanted` false takes it back. Attendees, always.
 * @typedef {object} AskHelp
 * @property {"help.ask"} type
 * @property {string} text
 * @property {boolean} wanted
 */

/**
 * Open the doors now. Organisers, while draft.
 * @typedef {object} OpenEvent
 * @property {"event.open"} type
 */

/**
 * Make the matches and begin the next round. Organisers, in the lobby, in a break, or in changeover, where it
 * skips the wait.
 * @typedef {object} StartRound
 * @property {"round.start"} type
 */

/**
 * Undo: back to the lobby while the matches are still forming. Organisers, while forming.
 * @typedef {object} CancelRound
 * @property {"round.cancel"} type
 */

/**
 * Stop all clocks; conversations go on. Organisers, while a clock runs.
 * @typedef {object} PauseEvent
 * @property {"event.pause"} type
 */

/**
 * Let the clocks run on. Organisers, while paused.
 * @typedef {object} ResumeEvent
 * @property {"event.resume"} type
 */

/**
 * One minute more for all, or for one room where the agenda has room. Organisers, while talking; for all also
 * while waiting.
 * @typedef {object} ExtendRound
 * @property {"round.extend"} type
 * @property {string|null} room
 */

/**
 * End this round now. Organisers, while talking.
 * @typedef {object} EndRound
 * @property {"round.end"} type
 */

/**
 * Go to the next part of the agenda now. Organisers, once the doors are open.
 * @typedef {object} NextSegment
 * @property {"segment.next"} type
 */

/**
 * End the event for everybody. Organisers, once the doors are open.
 * @typedef {object} EndEvent
 * @property {"event.end"} type
 */

/**
 * Put somebody into another room; `room` null opens a new one. Organisers, while talking.
 * @typedef {object} MoveSeat
 * @property {"seat.move"} type
 * @property {string} attendee
 * @property {string|null} room
 */

/**
 * Open a room for people who have none. Organisers, while talking.
 * @typedef {object} PairUp
 * @property {"seat.pair"} type
 * @property {Array<string>} attendees
 */

/**
 * A quiet banner for everybody, or for one room. Organisers, always.
 * @typedef {object} SendBroadcast
 * @property {"broadcast.send"} type
 * @property {string} text
 * @property {string|null} room
 */

/**
 * Out, at once and everywhere. `ban` keeps the person from joining again. Organisers, always.
 * @typedef {object} RemoveAttendee
 * @property {"attendee.remove"} type
 * @property {string} attendee
 * @property {boolean} ban
 */

/**
 * Undo a removal. Organisers, always.
 * @typedef {object} ReadmitAttendee
 * @property {"attendee.readmit"} type
 * @property {string} attendee
 */

/**
 * Somebody who asked for help has been looked after. Organisers, always.
 * @typedef {object} AnswerHelp
 * @property {"help.answer"} type
 * @property {string} attendee
 */

/**
 * A report has been looked into. Organisers, always.
 * @typedef {object} CloseReport
 * @property {"report.close"} type
 * @property {number} report
 */

/**
 * Make the next round from who is ready now, for organisers' eyes only; again when people have changed.
 * Organisers, whenever a round follows.
 * @typedef {object} PreviewRound
 * @property {"next.preview"} type
 */

/**
 * These people stay together however the next round is made; `pinned` false lets them go. Organisers, once
 * the next round is made.
 * @typedef {object} PinRoom
 * @property {"next.pin"} type
 * @property {Array<string>} people
 * @property {boolean} pinned
 */

/**
 * `one` takes the place of `other` in the next round, with those who sit there now, and the other way round.
 * Organisers, once the next round is made. Also for somebody who sits out; both rooms are pinned by it.
 * @typedef {object} SwapPlaces
 * @property {"next.swap"} type
 * @property {string} one
 * @property {string} other
 * @property {Array<string>} people
 */

/**
 * Somebody sits out the next round, and only that; `excluded` false takes it back. Organisers, until it
 * opens.
 * @typedef {object} ExcludeAttendee
 * @property {"next.exclude"} type
 * @property {string} attendee
 * @property {boolean} excluded
 */

/**
 * These two never share a room again; `parted` false takes an organiser's word back. Organisers, always.
 * @typedef {object} KeepTwoApart
 * @property {"people.part"} type
 * @property {string} one
 * @property {string} other
 * @property {boolean} parted
 */

/**
 * Make the next round with this chance: the same people, the same rules, pinned rooms kept. Organisers, once
 * the next round is made. The same number gives the same rooms.
 * @typedef {object} RedoRound
 * @property {"next.redo"} type
 * @property {number} redo
 */

/**
 * From a browser: pass this on to one person in my room. Dropped unless both hold seats there now.
 * @typedef {object} Signal
 * @property {"signal"} type
 * @property {string} to
 * @property {string} room
 * @property {number} round
 * @property {"answer"|"candidate"|"hang-up"|"offer"|"restart"} kind
 * @property {string} payload
 */

/**
 * The first frame of a connection: the last number the page has seen, None for a fresh page; and which page.
 * @typedef {object} Hello
 * @property {"hello"} type
 * @property {number|null} last
 * @property {string} page
 */

/**
 * The person leaves on purpose: no seat is kept.
 * @typedef {object} Goodbye
 * @property {"goodbye"} type
 */

/**
 * To a browser: somebody in your room said this. `sender` and `connection` are set by the server.
 * @typedef {object} Signalled
 * @property {"signalled"} type
 * @property {string} sender
 * @property {string} connection
 * @property {string} room
 * @property {number} round
 * @property {"answer"|"candidate"|"hang-up"|"offer"|"restart"} kind
 * @property {string} payload
 */

/** @typedef {Welcome | Resumed | Pulse | Settled | Refused | EventChanged | RosterChanged | MeChanged | NextChanged | RoomChanged | RoomLeft | ChatHeard | ReactionSeen | BroadcastHeard | ConnectionFound | BoardChanged | Signalled} Notice */

/** Wishes; the server answers each with `settled` or `refused`. */
export const command = {
  /**
   * I want to be matched, or I sit out. Attendees, always.
   * @param {{ ready: boolean }} fields
   * @returns {SetReadiness}
   */
  setReadiness: ({ ready }) => ({ type: "readiness.set", ready }),
  /** @returns {PassMatch} Not now: I would rather not meet the next person shown to me. Attendees, while forming or in changeover. */
  passMatch: () => ({ type: "match.pass" }),
  /**
   * I am in the room I was given. Attendees, while that room is open.
   * @param {{ room: string }} fields
   * @returns {TakeSeat}
   */
  takeSeat: ({ room }) => ({ type: "seat.take", room }),
  /**
   * I leave this round; the others are told only that I had to go. Attendees with a seat.
   * @param {{ room: string }} fields
   * @returns {LeaveSeat}
   */
  leaveSeat: ({ room }) => ({ type: "seat.leave", room }),
  /**
   * I join the room offered to me. Attendees to whom it is offered.
   * @param {{ room: string }} fields
   * @returns {AcceptOffer}
   */
  acceptOffer: ({ room }) => ({ type: "offer.accept", room }),
  /**
   * One more minute, please; given when all in the room asked. `wanted` false takes it back. Attendees with a seat.
   * @param {{ room: string, wanted?: boolean }} fields
   * @returns {AskMinute}
   */
  askMinute: ({ room, wanted = true }) => ({ type: "minute.ask", room, wanted }),
  /**
   * Another card, please. Attendees with a seat, at most once in five seconds a room.
   * @param {{ room: string }} fields
   * @returns {TurnPrompt}
   */
  turnPrompt: ({ room }) => ({ type: "prompt.turn", room }),
  /**
   * A line to the room, or to the lobby when `room` is null. Attendees in their own room or in the lobby; organisers in the lobby.
   * @param {{ text: string, room?: string|null }} fields
   * @returns {SayChat}
   */
  sayChat: ({ text, room = null }) => ({ type: "chat.say", text, room }),
  /**
   * A sign of feeling, shown for a moment. Attendees with a seat.
   * @param {{ room: string, kind: "clap"|"heart"|"laugh"|"think"|"thumb"|"wave" }} fields
   * @returns {SendReaction}
   */
  sendReaction: ({ room, kind }) => ({ type: "reaction.send", room, kind }),
  /**
   * How my microphone, camera and connection are. Attendees, on change and at most every five seconds.
   * @param {{ microphone: boolean, camera: boolean, health?: number|null }} fields
   * @returns {TellMedia}
   */
  tellMedia: ({ microphone, camera, health = null }) => ({ type: "media.tell", microphone, camera, health }),
  /**
   * An organiser, please. An empty text is fine; `wanted` false takes it back. Attendees, always.
   * @param {{ text?: string, wanted?: boolean }} [fields]
   * @returns {AskHelp}
   */
  askHelp: ({ text = "", wanted = true } = {}) => ({ type: "help.ask", text, wanted }),
  /** @returns {OpenEvent} Open the doors now. Organisers, while draft. */
  openEvent: () => ({ type: "event.open" }),
  /** @returns {StartRound} Make the matches and begin the next round. Organisers, in the lobby, in a break, or in changeover, where it skips the wait. */
  startRound: () => ({ type: "round.start" }),
  /** @returns {CancelRound} Undo: back to the lobby while the matches are still forming. Organisers, while forming. */
  cancelRound: () => ({ type: "round.cancel" }),
  /** @returns {PauseEvent} Stop all clocks; conversations go on. Organisers, while a clock runs. */
  pauseEvent: () => ({ type: "event.pause" }),
  /** @returns {ResumeEvent} Let the clocks run on. Organisers, while paused. */
  resumeEvent: () => ({ type: "event.resume" }),
  /**
   * One minute more for all, or for one room where the agenda has room. Organisers, while talking; for all also while waiting.
   * @param {{ room?: string|null }} [fields]
   * @returns {ExtendRound}
   */
  extendRound: ({ room = null } = {}) => ({ type: "round.extend", room }),
  /** @returns {EndRound} End this round now. Organisers, while talking. */
  endRound: () => ({ type: "round.end" }),
  /** @returns {NextSegment} Go to the next part of the agenda now. Organisers, once the doors are open. */
  nextSegment: () => ({ type: "segment.next" }),
  /** @returns {EndEvent} End the event for everybody. Organisers, once the doors are open. */
  endEvent: () => ({ type: "event.end" }),
  /**
   * Put somebody into another room; `room` null opens a new one. Organisers, while talking.
   * @param {{ attendee: string, room?: string|null }} fields
   * @returns {MoveSeat}
   */
  moveSeat: ({ attendee, room = null }) => ({ type: "seat.move", attendee, room }),
  /**
   * Open a room for people who have none. Organisers, while talking.
   * @param {{ attendees: Array<string> }} fields
   * @returns {PairUp}
   */
  pairUp: ({ attendees }) => ({ type: "seat.pair", attendees }),
  /**
   * A quiet banner for everybody, or for one room. Organisers, always.
   * @param {{ text: string, room?: string|null }} fields
   * @returns {SendBroadcast}
   */
  sendBroadcast: ({ text, room = null }) => ({ type: "broadcast.send", text, room }),
  /**
   * Out, at once and everywhere. `ban` keeps the person from joining again. Organisers, always.
   * @param {{ attendee: string, ban?: boolean }} fields
   * @returns {RemoveAttendee}
   */
  removeAttendee: ({ attendee, ban = false }) => ({ type: "attendee.remove", attendee, ban }),
  /**
   * Undo a removal. Organisers, always.
   * @param {{ attendee: string }} fields
   * @returns {ReadmitAttendee}
   */
  readmitAttendee: ({ attendee }) => ({ type: "attendee.readmit", attendee }),
  /**
   * Somebody who asked for help has been looked after. Organisers, always.
   * @param {{ attendee: string }} fields
   * @returns {AnswerHelp}
   */
  answerHelp: ({ attendee }) => ({ type: "help.answer", attendee }),
  /**
   * A report has been looked into. Organisers, always.
   * @param {{ report: number }} fields
   * @returns {CloseReport}
   */
  closeReport: ({ report }) => ({ type: "report.close", report }),
  /** @returns {PreviewRound} Make the next round from who is ready now, for organisers' eyes only; again when people have changed. Organisers, whenever a round follows. */
  previewRound: () => ({ type: "next.preview" }),
  /**
   * These people stay together however the next round is made; `pinned` false lets them go. Organisers, once the next round is made.
   * @param {{ people: Array<string>, pinned?: boolean }} fields
   * @returns {PinRoom}
   */
  pinRoom: ({ people, pinned = true }) => ({ type: "next.pin", people, pinned }),
  /**
   * `one` takes the place of `other` in the next round, with those who sit there now, and the other way round. Organisers, once the next round is made. Also for somebody who sits out; both rooms are pinned by it.
   * @param {{ one: string, other: string, people: Array<string> }} fields
   * @returns {SwapPlaces}
   */
  swapPlaces: ({ one, other, people }) => ({ type: "next.swap", one, other, people }),
  /**
   * Somebody sits out the next round, and only that; `excluded` false takes it back. Organisers, until it opens.
   * @param {{ attendee: string, excluded?: boolean }} fields
   * @returns {ExcludeAttendee}
   */
  excludeAttendee: ({ attendee, excluded = true }) => ({ type: "next.exclude", attendee, excluded }),
  /**
   * These two never share a room again; `parted` false takes an organiser's word back. Organisers, always.
   * @param {{ one: string, other: string, parted?: boolean }} fields
   * @returns {KeepTwoApart}
   */
  keepTwoApart: ({ one, other, parted = true }) => ({ type: "people.part", one, other, parted }),
  /**
   * Make the next round with this chance: the same people, the same rules, pinned rooms kept. Organisers, once the next round is made. The same number gives the same rooms.
   * @param {{ redo: number }} fields
   * @returns {RedoRound}
   */
  redoRound: ({ redo }) => ({ type: "next.redo", redo }),
};

/** What is said without waiting for an answer. */
export const message = {
  /**
   * From a browser: pass this on to one person in my room. Dropped unless both hold seats there now.
   * @param {{ to: string, room: string, round: number, kind: "answer"|"candidate"|"hang-up"|"offer"|"restart", payload: string }} fields
   * @returns {Signal}
   */
  signal: ({ to, room, round, kind, payload }) => ({ type: "signal", to, room, round, kind, payload }),
  /**
   * The first frame of a connection: the last number the page has seen, None for a fresh page; and which page.
   * @param {{ last?: number|null, page?: string }} [fields]
   * @returns {Hello}
   */
  hello: ({ last = null, page = "" } = {}) => ({ type: "hello", last, page }),
  /** @returns {Goodbye} The person leaves on purpose: no seat is kept. */
  goodbye: () => ({ type: "goodbye" }),
};

/**
 * Sizes, rates and times that all sides obey; the unit is in the name.
 */
export const limits = {
  FRAME_BYTES: 32768,
  NAME_CHARS: 80,
  SHORT_TEXT_CHARS: 120,
  LONG_TEXT_CHARS: 600,
  CHAT_CHARS: 500,
  CHAT_LINES_KEPT: 60,
  LIST_ITEMS: 12,
  ROSTER_ROWS: 300,
  ROSTER_ROWS_OF_MANY: 30,
  FEED_LINES_KEPT: 80,
  COMMANDS_PER_S: 20,
  COMMANDS_BURST: 80,
  CONNECTIONS_PER_PERSON: 3,
  OUTBOX_FRAMES: 256,
  OUTBOX_BYTES: 65536,
  BOARD_OUTBOX_BYTES: 8388608,
  PAGE_CHARS: 32,
  DONE_KEPT: 1000,
  ROOM_SEATS: 6,
  MESH_SEATS: 4,
  ATTENDEES_PER_EVENT: 10000,
  AGENDA_SEGMENTS: 30,
  ROUNDS_PER_SEGMENT: 30,
  EARLIER_MEETINGS: 60,
  REDO_MOST: 1000,
  SEAT_KEPT_MS: 20000,
  PROMPT_REST_MS: 5000,
  FORMING_MS: 15000,
  PULSE_MS: 15000,
  SILENCE_MS: 40000,
  LATE_SHARE: 0.5,
  EXTENSION_MS: 60000,
};

/**
 * Why a line was closed, and what to do then.
 * @type {Record<number, { name: string, after: "return"|"return_at_once"|"stay_away", sentence: string }>}
 */
export const closeCodes = {
  1000: { name: "GOODBYE", after: "stay_away", sentence: "You left. Come back by your link whenever you like." },
  4503: { name: "MOVING", after: "return_at_once", sentence: "We are changing machines. You will be back in a moment." },
  1011: { name: "INTERNAL", after: "return", sentence: "Something went wrong on our side. We are finding you again." },
  4400: { name: "MALFORMED", after: "stay_away", sentence: "This page is out of date. Reload it." },
  4401: { name: "NOT_ADMITTED", after: "stay_away", sentence: "Your link is no longer good here. Open your personal link again." },
  4408: { name: "TOO_SLOW", after: "return", sentence: "Your connection is thin. We are finding you again." },
  4409: { name: "SUPERSEDED", after: "stay_away", sentence: "You are here in another tab. This one has stepped aside." },
  4410: { name: "REMOVED", after: "stay_away", sentence: "A host has closed this event for you." },
  4429: { name: "TOO_MANY", after: "return", sentence: "That was a lot at once. We are finding you again." },
};

/**
 * Reasons to say no, with the sentence a person reads.
 * @type {Record<string, string>}
 */
export const refusals = {
  not_allowed: "That is for somebody else to decide. Ask a host.",
  not_open: "The doors are not open yet. Wait for the host, or for the time on the programme.",
  event_ended: "This event is over. Your list of people stays where it is.",
  event_full: "All seats are taken.",
  wrong_phase: "That cannot be done at this moment of the event. Look at the clock and try again.",
  round_closed: "This round is over.",
  wrong_room: "You have no seat in that room.",
  room_full: "That room has no free seat. Choose another one.",
  room_gone: "That room is closed. Choose another one.",
  kept_apart: "Two people in that room are kept apart. Choose another one.",
  unknown_person: "Nobody of that name is here. Look at the list again.",
  not_here: "That person is not here right now. Wait until they are back.",
  removed: "A host has closed this event for you. Write to them if you think it is a mistake.",
  no_spare_time: "The next round is close. There is no spare minute, sorry.",
  too_soon: "The card has only just been turned. Give it a moment.",
  too_few: "It takes two people who are ready. Wait until somebody else is.",
  nothing_next: "This is the last part of the programme. End the event instead.",
  already_paused: "The clocks are standing already.",
  not_paused: "The clocks are running already.",
  unknown_report: "There is no such report. Look at the list again.",
  no_round: "No round follows from here. Go to the next part first.",
  nothing_made: "The next round is not made yet. Preview it first.",
  made_anew: "The next round has been made anew meanwhile. Look at it again.",
  opens_now: "The round opens now. Change seats in it instead.",
  busy: "No answer came in time. If you do not see it done, try again.",
};
