"""Findings, and how many each signal has."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "snapshot_finding",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("debt", sa.String(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("end_line", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("snippet", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("effort", sa.String(), nullable=False),
        sa.Column("interest", sa.Integer(), nullable=True),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("acceptance", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_finding_snapshot_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "position", name=op.f("pk_snapshot_finding")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("snapshot_signal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("findings", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("accepted", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("lapsed", sa.Integer(), nullable=True))
