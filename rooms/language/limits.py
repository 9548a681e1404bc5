"""Sizes, rates and times that all sides obey. The unit is in the name; each has its reason."""

FRAME_BYTES = 32 * 1024
"""Largest frame a browser may send: an SDP offer with many candidates is about 8 KiB."""
NAME_CHARS = 80
"""Long enough for every full name we know of, short enough for a name tag."""
SHORT_TEXT_CHARS = 120
"""Team, headline, place, pronouns: one line."""
LONG_TEXT_CHARS = 600
"""A note, a call for help, a report, a broadcast."""
CHAT_CHARS = 500
"""One chat line; longer thoughts belong into the conversation."""
CHAT_LINES_KEPT = 60
"""Chat lines kept for each place (lobby or room), so that a refresh shows them again."""
LIST_ITEMS = 12
"""Interests, languages and the like on one card."""
ROSTER_ROWS = 300
"""Up to so many people the lobby's list names them all."""
ROSTER_ROWS_OF_MANY = 30
"""Of more people it names only so many, the newest; the count is whole and the page says how many more there are. The
ring of seats shows as many; the list goes to everybody, so each row costs ten thousand copies."""
FEED_LINES_KEPT = 80
"""Lines of the console's activity feed."""
COMMANDS_PER_S = 20
"""Sustained frames a second of one connection (ICE trickles in bursts)."""
COMMANDS_BURST = 80
"""Frames one connection may send at once."""
CONNECTIONS_PER_PERSON = 3
"""Sockets one person may hold while tabs replace each other."""
OUTBOX_FRAMES = 256
"""Frames waiting for one slow reader; then they are dropped for one snapshot."""
OUTBOX_BYTES = 64 * 1024
"""And bytes: as much again as the network's own buffers hold for it."""
BOARD_OUTBOX_BYTES = 8 * 1024 * 1024
"""Bytes waiting for one console: two boards of ten thousand people; a fresh one takes longer to make than to send."""
PAGE_CHARS = 32
"""The name a page gives itself."""
DONE_KEPT = 1_000
"""Commands remembered lest they be done again: a page asks again for five seconds, and 200 a second are many."""
ROOM_SEATS = 6
"""No room is ever larger."""
MESH_SEATS = 4
"""Up to here browsers connect to each other directly."""
ATTENDEES_PER_EVENT = 10_000
"""What one event is built to hold."""
AGENDA_SEGMENTS = 30
"""Parts of one agenda."""
ROUNDS_PER_SEGMENT = 30
"""Rounds of one segment."""
EARLIER_MEETINGS = 60
"""People one attendee is known to have met at earlier events of the series, the latest first: six evenings of ten."""
REDO_MOST = 1_000
"""Chances a round can be made with: more than anybody looks at."""

SEAT_KEPT_MS = 20_000
"""How long an absent attendee's seat is kept before the partner counts as alone."""
PROMPT_REST_MS = 5_000
"""A prompt card stays at least this long, so that two people do not turn it at once."""
FORMING_MS = 15_000
"""How long before a round the matches are made and shown."""
PULSE_MS = 15_000
"""A silent connection gets a pulse this often."""
SILENCE_MS = 40_000
"""After so much silence a browser takes its line for dead."""
LATE_SHARE = 0.5
"""Share of a round that must be left for a latecomer to be added."""
EXTENSION_MS = 60_000
"""One more minute."""
