"""Findings that were called wrong, and what each quarter's issue tells of."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doubted_rule",
        sa.Column("repository", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("comment", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("repository", "rule", "finding", name=op.f("pk_doubted_rule")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quarterly_issue",
        sa.Column("repository", sa.BigInteger(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("repository", "quarter", name=op.f("pk_quarterly_issue")),
        sqlite_with_rowid=False,
    )
