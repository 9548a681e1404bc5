"""Organisers keep two people apart for good."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Go forward: nobody has been kept apart by an organiser yet."""
    op.create_table(
        "nevers",
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("one", sa.String(length=26), nullable=False),
        sa.Column("other", sa.String(length=26), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_nevers_event_events"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["one"], ["registrations.id"], name=op.f("fk_nevers_one_registrations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["registrations.id"], name=op.f("fk_nevers_other_registrations"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "one", "other", name=op.f("pk_nevers")),
    )
