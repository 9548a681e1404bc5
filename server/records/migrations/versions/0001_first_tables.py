"""The first tables: organisers, events, registrations and what people say about each other."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("conduct", sa.Text(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("unattended", sa.Boolean(), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("entry IN ('open', 'code')", name=op.f("ck_events_entry")),
        sa.CheckConstraint("status IN ('planned', 'live', 'ended')", name=op.f("ck_events_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_starts_at", "events", ["starts_at"], unique=False)
    op.create_table(
        "one_time_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_links")),
    )
    op.create_table(
        "organisers",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisers")),
        sa.UniqueConstraint("email", name=op.f("uq_organisers_email")),
    )
    op.create_table(
        "event_organisers",
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("organiser", sa.String(length=26), nullable=False),
        sa.Column("owner", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name=op.f("fk_event_organisers_event_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organiser"], ["organisers.id"], name=op.f("fk_event_organisers_organiser_organisers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "organiser", name=op.f("pk_event_organisers")),
    )
    op.create_table(
        "registrations",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("conduct_hash", sa.String(length=64), nullable=False),
        sa.Column("consented_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=True),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("source IN ('link', 'import', 'organiser', 'demo')", name=op.f("ck_registrations_source")),
        sa.CheckConstraint(
            "status IN ('invited', 'joined', 'removed', 'banned', 'erased')", name=op.f("ck_registrations_status")
        ),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name=op.f("fk_registrations_event_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("token", name=op.f("uq_registrations_token")),
    )
    op.create_index("ix_registrations_event", "registrations", ["event"], unique=False)
    op.create_table(
        "scribed",
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_scribed_event_events"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_scribed")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("organiser", sa.String(length=26), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organiser"], ["organisers.id"], name=op.f("fk_sessions_organiser_organisers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index("ix_sessions_organiser", "sessions", ["organiser"], unique=False)
    op.create_table(
        "answers",
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("about", sa.String(length=26), nullable=False),
        sa.Column("answer", sa.String(length=3), nullable=True),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("kudos", sa.String(length=20), nullable=False),
        sa.Column("thanks", sa.Text(), nullable=False),
        sa.Column("thanks_sent_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'no')", name=op.f("ck_answers_answer")),
        sa.ForeignKeyConstraint(
            ["about"], ["registrations.id"], name=op.f("fk_answers_about_registrations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["registrations.id"], name=op.f("fk_answers_by_registrations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_answers_event_events"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "by", "about", name=op.f("pk_answers")),
    )
    op.create_table(
        "blocks",
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("about", sa.String(length=26), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["about"], ["registrations.id"], name=op.f("fk_blocks_about_registrations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["registrations.id"], name=op.f("fk_blocks_by_registrations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_blocks_event_events"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "by", "about", name=op.f("pk_blocks")),
    )
    op.create_table(
        "meetings",
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("attendee", sa.String(length=26), nullable=False),
        sa.Column("partner", sa.String(length=26), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("talked_ms", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendee"], ["registrations.id"], name=op.f("fk_meetings_attendee_registrations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_meetings_event_events"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["partner"], ["registrations.id"], name=op.f("fk_meetings_partner_registrations"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "room", "attendee", "partner", name=op.f("pk_meetings")),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("about", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["about"], ["registrations.id"], name=op.f("fk_reports_about_registrations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["registrations.id"], name=op.f("fk_reports_by_registrations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_reports_event_events"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index("ix_reports_event", "reports", ["event"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_reports_event", table_name="reports")
    op.drop_table("reports")
    op.drop_table("meetings")
    op.drop_table("blocks")
    op.drop_table("answers")
    op.drop_index("ix_sessions_organiser", table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("scribed")
    op.drop_index("ix_registrations_event", table_name="registrations")
    op.drop_table("registrations")
    op.drop_table("event_organisers")
    op.drop_table("organisers")
    op.drop_table("one_time_links")
    op.drop_index("ix_events_starts_at", table_name="events")
    op.drop_table("events")
