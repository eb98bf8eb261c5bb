"""Why what a review accepts stays: as it was chosen, and empty where nobody was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # not in a batch: that would make the table anew, and forget that its ids are given once
    op.add_column("decision", sa.Column("reason", sa.String(), server_default=sa.text("''"), nullable=False))
