"""When the lines of a finding were last changed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("snapshot_finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_changed", sa.String(), nullable=True))
