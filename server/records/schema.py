"""The tables of what lasts. Alembic migrations in `migrations/` lead here; instants are milliseconds since 1970."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

organisers = Table(
    "organisers",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("email", String(254), unique=True, nullable=False),
    Column("name", String(80), nullable=False),
    Column("password_hash", Text),
    Column("demo", Boolean, nullable=False, default=False),
    Column("created_at", BigInteger, nullable=False),
)
"""`password_hash` is argon2id; NULL for the demo's organiser, who has no password and signs in by the printed link."""

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("organiser", ForeignKey("organisers.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("ix_sessions_organiser", "organiser"),
)
"""Opaque server-side logins: SHA-256 of a 256-bit token that only the cookie holds."""

one_time_links = Table(
    "one_time_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("purpose", String(20), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)
"""`purpose` is `setup` (the first organiser makes an account)."""

events = Table(
    "events",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("description", Text, nullable=False, default=""),
    Column("starts_at", BigInteger, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("capacity", Integer, nullable=False, default=0),
    Column("entry", String(10), nullable=False, default="open"),
    Column("code", String(40), nullable=False, default=""),
    Column("conduct", Text, nullable=False, default=""),
    Column("agenda", Text, nullable=False),
    Column("unattended", Boolean, nullable=False, default=True),
    Column("template", String(40), nullable=False, default=""),
    Column("series", String(80), nullable=False, default=""),
    Column("series_history", Boolean, nullable=False, default=False),
    Column("status", String(10), nullable=False, default="planned"),
    Column("demo", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False, default=0),
    Column("created_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    CheckConstraint("entry IN ('open', 'code')", name="entry"),
    CheckConstraint("status IN ('planned', 'live', 'ended')", name="status"),
    Index("ix_events_starts_at", "starts_at"),
    Index("ix_events_series", "series"),
)
"""`agenda` is the JSON of `rooms.language.agenda`; `capacity` 0 means no limit; `version` rises with each edit.
`series` is the id of the event that this one, or the one it was copied from, goes back to: its own for the first of a
series, which may be deleted meanwhile. `series_history`: who met at an earlier one meets others first."""

event_organisers = Table(
    "event_organisers",
    metadata,
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("organiser", ForeignKey("organisers.id", ondelete="CASCADE"), primary_key=True),
    Column("owner", Boolean, nullable=False, default=False),
)

registrations = Table(
    "registrations",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("email", String(254), nullable=False, default=""),
    Column("address", Text, nullable=False, default=""),
    Column("role", String(40), nullable=False, default=""),
    Column("profile", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("token", String(64), unique=True, nullable=False),
    Column("source", String(10), nullable=False),
    Column("status", String(10), nullable=False, default="invited"),
    Column("conduct_hash", String(64), nullable=False, default=""),
    Column("consented_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("first_seen_at", BigInteger),
    Column("last_seen_at", BigInteger),
    CheckConstraint("source IN ('link', 'import', 'organiser', 'demo')", name="source"),
    CheckConstraint("status IN ('invited', 'joined', 'removed', 'banned', 'erased')", name="status"),
    Index("ix_registrations_event", "event"),
    Index("ix_registrations_address", "address"),
)
"""`profile` is the JSON of a `Card` without id and name, and of the private `groups` and `language_required`; `contact`
that of `{email, phone, linkedin, website, other}`.
`address` is the e-mail address casefolded: the same at two events of a series is the same person, an empty one nobody.
`token` opens the personal link and is kept readable because organisers hand the link out again."""

meetings = Table(
    "meetings",
    metadata,
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("room", String(20), primary_key=True),
    Column("attendee", ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True),
    Column("partner", ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True),
    Column("round", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("talked_ms", Integer, nullable=False),
    Column("held_at", BigInteger, nullable=False),
    Index("ix_meetings_attendee", "attendee"),
)
"""Who really met whom, a row for each direction; written by an idempotent upsert that keeps the longest `talked_ms`."""

answers = Table(
    "answers",
    metadata,
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("by", ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True),
    Column("about", ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True),
    Column("answer", String(3)),
    Column("shared", Text, nullable=False, default="[]"),
    Column("note", Text, nullable=False, default=""),
    Column("kudos", String(20), nullable=False, default=""),
    Column("thanks", Text, nullable=False, default=""),
    Column("thanks_sent_at", BigInteger),
    Column("answered_at", BigInteger),
    Column("updated_at", BigInteger, nullable=False),
    CheckConstraint("answer IN ('yes', 'no')", name="answer"),
)
"""One person's word about another. `answer` NULL is undecided and counts as no. `shared` lists the contact fields that
`by` agrees to show to `about` once both say yes. Nothing of a row but mutual facts ever leaves towards `about`."""

blocks = Table(
    "blocks",
    metadata,
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("by", ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True),
    Column("about", ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True),
    Column("created_at", BigInteger, nullable=False),
)

nevers = Table(
    "nevers",
    metadata,
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("one", ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True),
    Column("other", ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True),
    Column("created_at", BigInteger, nullable=False),
)
"""Pairs whom an organiser keeps apart, the smaller id first; may be taken back, which a block may not."""

reports = Table(
    "reports",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    Column("by", ForeignKey("registrations.id", ondelete="CASCADE"), nullable=False),
    Column("about", ForeignKey("registrations.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False, default=""),
    Column("created_at", BigInteger, nullable=False),
    Index("ix_reports_event", "event"),
)

scribed = Table(
    "scribed",
    metadata,
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
"""Up to which journal number an event has been copied here; moved in the same transaction as the copies."""
