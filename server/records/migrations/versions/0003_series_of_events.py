"""Events belong to a series, and people are known again by the address of their registration."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

registrations = sa.table(
    "registrations", sa.column("id", sa.String), sa.column("email", sa.String), sa.column("address", sa.Text)
)
events = sa.table("events", sa.column("id", sa.String), sa.column("series", sa.String))


def upgrade() -> None:
    """Go forward: each event begins a series of its own; which were copies of which was not written down."""
    # Columns are added one by one: dropping a table to build it anew would delete all that points to it.
    op.add_column("events", sa.Column("series", sa.String(length=80), nullable=False, server_default=""))
    op.add_column("events", sa.Column("series_history", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("registrations", sa.Column("address", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_events_series", "events", ["series"], unique=False)
    op.create_index("ix_registrations_address", "registrations", ["address"], unique=False)
    op.create_index("ix_meetings_attendee", "meetings", ["attendee"], unique=False)
    connection = op.get_bind()
    connection.execute(sa.update(events).values(series=events.c.id))
    known = connection.execute(sa.select(registrations.c.id, registrations.c.email).where(registrations.c.email != ""))
    addresses = [{"whose": person, "folded": email.casefold()} for person, email in known]
    if addresses:
        whose = registrations.c.id == sa.bindparam("whose")
        connection.execute(sa.update(registrations).where(whose).values(address=sa.bindparam("folded")), addresses)
