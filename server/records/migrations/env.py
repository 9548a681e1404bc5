"""How Alembic reaches the database: by the connection that `engine.upgrade` hands over."""

from alembic import context

from server.records.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
