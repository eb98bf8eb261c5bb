"""What Alembic runs for every command. The connection, and its transaction, are handed in."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString, SQLModel

import mldebt.store.tables  # noqa: F401 - fills the metadata
from mldebt.store.engine import VERSION_TABLE


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Plain SQLAlchemy in migrations: SQLModel's own text type may change with SQLModel."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
