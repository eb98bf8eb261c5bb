"""The latest snapshot is the one that a scan came to last, no longer that of the greatest moment."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Trends that were worked out for another snapshot than the latest. The next scan works them out again.
OUTDATED = """
DELETE FROM trend WHERE EXISTS (
    SELECT 1 FROM snapshot AS other WHERE other.repository_id = trend.repository_id AND other.as_of > (
        SELECT latest.as_of FROM snapshot AS latest
        WHERE latest.repository_id = trend.repository_id AND NOT latest.is_backfill
        ORDER BY latest.seen_at DESC, latest.id DESC LIMIT 1
    )
)
"""


def upgrade() -> None:
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snapshot_latest"))
        batch_op.create_index("ix_snapshot_latest", ["repository_id", "is_backfill", "seen_at"], unique=False)
        batch_op.create_index("ix_snapshot_moment", ["repository_id", "as_of"], unique=False)
    op.execute(OUTDATED)
