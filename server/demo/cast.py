"""Who comes to the demo event: cards, faces, voices and habits. All of them are made up."""

from rooms.language.message import Value
from rooms.media.picture import Portrait


class Part(Value, frozen=True):
    """One simulated attendee."""

    key: str
    """Names it among the others, and its mailbox."""
    name: str
    pronouns: str
    said: str
    team: str
    headline: str
    place: str
    timezone: str
    interests: tuple[str, ...]
    ask_me: str
    looking_for: tuple[str, ...]
    offering: tuple[str, ...]
    languages: tuple[str, ...]
    hello: str
    """The first line in the chat of a room with a visitor."""
    reply: str
    """What comes back when the visitor writes something."""
    colours: tuple[str, str, str, str, str]
    """Wall, frame, shirt, skin, hair."""
    long_hair: bool = False
    says_yes: bool = True
    """Whether this one wants to stay in touch with visitors."""
    thanks: str = ""
    """Said along with a yes."""
    late: bool = False
    """Comes in while the first round runs."""
    leaves_after_round: int = 0
    """Goes home in the changeover after this round; 0 stays to the end."""
    welcomes: bool = False
    """Greets visitors in the lobby."""

    @property
    def email(self) -> str:
        """Under a domain that nobody can have (RFC 2606)."""
        return f"{self.key}@people.example"

    @property
    def portrait(self) -> Portrait:
        """How they look."""
        return Portrait(self.name, *self.colours, long_hair=self.long_hair)

    @property
    def card(self) -> dict[str, object]:
        """The body of `PUT …/profile.json`."""
        names = ("name", "pronouns", "said", "team", "headline", "place", "timezone", "interests", "languages")
        lists = {"lookingFor": self.looking_for, "offering": self.offering, "askMe": self.ask_me}
        contact = {"email": self.email, "website": f"https://people.example/{self.key}"}
        return {**{name: getattr(self, name) for name in names}, **lists, "contact": contact}


CAST: tuple[Part, ...] = (
    Part(
        key="amara",
        name="Amara Nwosu",
        pronouns="she/her",
        said="ah-MAH-rah WOH-soo",
        team="Support",
        headline="Turns angry mails into fan mail",
        place="Lagos",
        timezone="Africa/Lagos",
        interests=("Choir", "Trail running", "Street food"),
        ask_me="the day our help desk answered in limericks",
        looking_for=("someone to sing with",),
        offering=("a calm read of your difficult mail",),
        languages=("English", "Igbo"),
        hello="Hello there! I am Amara. What did your morning look like?",
        reply="Ha, I would have done the same.",
        colours=("#b98474", "#8c5a4c", "#7e3f86", "#7c4b30", "#1a110d"),
        long_hair=True,
        thanks="Good to meet you. The recipe for jollof is on its way.",
        welcomes=True,
    ),
    Part(
        key="mateo",
        name="Mateo Quispe",
        pronouns="he/him",
        said="mah-TEH-oh KEES-peh",
        team="Field ops",
        headline="Keeps radio masts standing",
        place="Cusco",
        timezone="America/Lima",
        interests=("Trail running", "Choir", "Languages"),
        ask_me="fixing things at 4,000 metres, Quechua lullabies, his first winter tyre",
        looking_for=("tips for talks",),
        offering=("Spanish over coffee",),
        languages=("Spanish", "Quechua", "English"),
        hello="Hi! Mateo from Cusco. It is early here, so I brought a very large coffee.",
        reply="That reminds me of a mule we had.",
        colours=("#8fa58b", "#5f7a5c", "#2f7f79", "#c98f63", "#1d1512"),
        thanks="Thank you for the chat. I will send the song.",
    ),
    Part(
        key="ingrid",
        name="Ingrid Solheim",
        pronouns="she/her",
        said="ING-ree SOOL-haym",
        team="Finance",
        headline="Likes numbers that tell the truth",
        place="Bergen",
        timezone="Europe/Oslo",
        interests=("Knitting", "Chess", "Rain"),
        ask_me="why a budget is a story",
        looking_for=("chess partners",),
        offering=("a first look at your budget",),
        languages=("Norwegian", "English", "German"),
        hello="Hei, Ingrid here. It rains in Bergen, as agreed.",
        reply="Interesting. Tell me the boring part as well, that is where it gets good.",
        colours=("#7f98ab", "#566f83", "#b5533c", "#f0c9ab", "#c9a15a"),
        long_hair=True,
        says_yes=False,
    ),
    Part(
        key="yusuf",
        name="Yusuf Demir",
        pronouns="he/him",
        said="YOO-soof deh-MEER",
        team="Design",
        headline="Draws maps for people in a hurry",
        place="Izmir",
        timezone="Europe/Istanbul",
        interests=("Maps", "Street food", "Chess"),
        ask_me="the worst map he ever loved",
        looking_for=("people who get lost",),
        offering=("critique that does not hurt",),
        languages=("Turkish", "English"),
        hello="Hello, I am Yusuf. Which place do you know so well that you could draw it?",
        reply="I can see it in front of me.",
        colours=("#c2a36b", "#8d7140", "#334f7d", "#d8a677", "#241a15"),
        thanks="Send me your street, I will draw it.",
    ),
    Part(
        key="hana",
        name="Hana Mori",
        pronouns="they/them",
        said="HAH-nah MOH-ree",
        team="Research",
        headline="Listens to whales for a living",
        place="Sapporo",
        timezone="Asia/Tokyo",
        interests=("Rain", "Languages", "Knitting"),
        ask_me="what a whale sounds like when it is bored",
        looking_for=("quiet people",),
        offering=("whale sounds as an alarm clock",),
        languages=("Japanese", "English"),
        hello="Hi, Hana. You may hear humming: that is me thinking.",
        reply="Mm. I like that.",
        colours=("#a8b8c4", "#6d8494", "#4d7a57", "#f1cfae", "#1b1a1f"),
        thanks="It was easy to talk with you.",
        leaves_after_round=2,
    ),
    Part(
        key="desmond",
        name="Desmond Clarke",
        pronouns="he/him",
        said="DEZ-mund klark",
        team="Support",
        headline="Has answered the phone since 1998",
        place="Kingston",
        timezone="America/Jamaica",
        interests=("Chess", "Choir", "Gardens"),
        ask_me="the caller who stayed on the line for two days",
        looking_for=("somebody younger to learn from",),
        offering=("stories",),
        languages=("English",),
        hello="Good day! Desmond. Sit down, we have a whole minute.",
        reply="You do not say. And then?",
        colours=("#9c8fb0", "#6f6285", "#c9963b", "#5b3a26", "#8d8884"),
        says_yes=False,
    ),
    Part(
        key="zanele",
        name="Zanele Khumalo",
        pronouns="she/her",
        said="zah-NEH-leh koo-MAH-loh",
        team="Engineering",
        headline="Makes slow things fast",
        place="Durban",
        timezone="Africa/Johannesburg",
        interests=("Gardens", "Trail running", "Maps"),
        ask_me="the bug that only came on Tuesdays",
        looking_for=("a running partner in another time zone",),
        offering=("rubber-ducking",),
        languages=("Zulu", "English", "Afrikaans"),
        hello="Sorry, I came late: load shedding. I am Zanele, who are you?",
        reply="No way. Was it on a Tuesday?",
        colours=("#7fae9b", "#4f7d6b", "#d0632f", "#6b4128", "#17100c"),
        thanks="Let us race to the shops one day, each in our own town.",
        late=True,
    ),
    Part(
        key="priya",
        name="Priya Raman",
        pronouns="she/her",
        said="PREE-yah RAH-mun",
        team="Engineering",
        headline="Tests things until they cry",
        place="Chennai",
        timezone="Asia/Kolkata",
        interests=("Chess", "Street food", "Languages"),
        ask_me="breaking a lift with one finger",
        looking_for=("friendly bugs",),
        offering=("a second pair of eyes",),
        languages=("Tamil", "Hindi", "English"),
        hello="Hi, Priya. Is your sound all right? Mine has an echo of ambition.",
        reply="I will try to break that, if I may.",
        colours=("#caa0b0", "#94687a", "#1f6f8b", "#b57c50", "#16110f"),
        long_hair=True,
        thanks="Write me when something breaks.",
    ),
    Part(
        key="tomasz",
        name="Tomasz Zielinski",
        pronouns="he/him",
        said="TOH-mash zheh-LEEN-skee",
        team="Finance",
        headline="Counts trees for carbon",
        place="Gdynia",
        timezone="Europe/Warsaw",
        interests=("Gardens", "Maps", "Rain"),
        ask_me="how to count a forest without getting wet",
        looking_for=("walkers",),
        offering=("a tree named after you",),
        languages=("Polish", "English"),
        hello="Good to see you. Tomasz. Tell me about the nearest tree.",
        reply="I knew it. An oak person.",
        colours=("#93a87a", "#667a4f", "#5a3f6e", "#efc6a4", "#6b4a2c"),
        says_yes=False,
    ),
)
"""In the order in which they are asked: with seven, the first seven come."""


def cast_of(size: int) -> tuple[Part, ...]:
    """So many people; beyond the cast its members come again as their own cousins."""
    return tuple(_cousin(CAST[number % len(CAST)], number // len(CAST)) for number in range(size))


def _cousin(part: Part, generation: int) -> Part:
    if generation == 0:
        return part
    values = {name: getattr(part, name) for name in Part.__struct_fields__}
    values |= {"key": f"{part.key}{generation + 1}", "name": f"{part.name} {generation + 1}"}
    return Part(**values | {"late": False, "leaves_after_round": 0, "welcomes": False})
