"""Rules take the place of `mixTeams` and `commonGround` in stored agendas."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

events = sa.table("events", sa.column("id", sa.String), sa.column("agenda", sa.Text))


def upgrade() -> None:
    """Go forward: what was said of teams becomes a rule, what was said of common ground a weight."""
    connection = op.get_bind()
    for event, agenda in connection.execute(sa.select(events.c.id, events.c.agenda)).all():
        parts = [ruled(part) for part in json.loads(agenda)]
        connection.execute(sa.update(events).where(events.c.id == event).values(agenda=json.dumps(parts)))


def ruled(part: dict[str, Any]) -> dict[str, Any]:
    """One part of an agenda in the words of today; what was not said has the default of its time."""
    if part.get("kind") != "rounds" or "rules" in part:
        return part
    rest = {name: value for name, value in part.items() if name not in {"mixTeams", "commonGround"}}
    rules = {
        "off": [],
        "nice": [{"type": "mix", "attr": "team"}],
        "must": [{"type": "must_differ", "attr": "team"}],
    }
    # "Must" asked for an interest or a wish in common; now these weigh twice as much as usual.
    weights = {"off": {"interests": 0.0, "wishes": 0.0}, "nice": {}, "must": {"interests": 0.9, "wishes": 0.45}}
    found = weights[part.get("commonGround", "nice")]
    return {**rest, "rules": rules[part.get("mixTeams", "nice")], "weights": found}
