"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "repository",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("web", sa.String(), nullable=True),
        sa.Column("default_branch", sa.String(), nullable=True),
        sa.Column("mailmap", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repository")),
        sa.UniqueConstraint("source", name=op.f("uq_repository_source")),
    )
    op.create_table(
        "commit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repository_id", sa.Integer(), nullable=False),
        sa.Column("oid", sa.LargeBinary(), nullable=False),
        sa.Column("parents", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("authored", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("coauthors", sa.String(), nullable=False),
        sa.Column("merged_branch", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["repository_id"], ["repository.id"], name=op.f("fk_commit_repository_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commit")),
        sa.UniqueConstraint("repository_id", "oid", name=op.f("uq_commit_repository_id_oid")),
    )
    op.create_table(
        "path",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repository_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["repository_id"], ["repository.id"], name=op.f("fk_path_repository_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path")),
        sa.UniqueConstraint("repository_id", "name", name=op.f("uq_path_repository_id_name")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repository_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["repository_id"], ["repository.id"], name=op.f("fk_person_repository_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("repository_id", "digest", name=op.f("uq_person_repository_id_digest")),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repository_id", sa.Integer(), nullable=False),
        sa.Column("commit", sa.String(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("identity_parts", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("is_backfill", sa.Boolean(), nullable=False),
        sa.Column("partial", sa.String(), nullable=False),
        sa.Column("scanned_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["repository_id"], ["repository.id"], name=op.f("fk_snapshot_repository_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("repository_id", "identity", name=op.f("uq_snapshot_repository_id_identity")),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.create_index("ix_snapshot_latest", ["repository_id", "as_of"], unique=False)

    op.create_table(
        "tip",
        sa.Column("repository_id", sa.Integer(), nullable=False),
        sa.Column("oid", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["repository_id"], ["repository.id"], name=op.f("fk_tip_repository_id")),
        sa.PrimaryKeyConstraint("repository_id", "oid", name=op.f("pk_tip")),
    )
    op.create_table(
        "trend",
        sa.Column("repository_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("earlier_at", sa.BigInteger(), nullable=True),
        sa.Column("earlier_letter", sa.String(), nullable=True),
        sa.Column("earlier_value", sa.Float(), nullable=True),
        sa.Column("spark", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["repository_id"], ["repository.id"], name=op.f("fk_trend_repository_id")),
        sa.PrimaryKeyConstraint("repository_id", "question", name=op.f("pk_trend")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "file_change",
        sa.Column("commit_id", sa.Integer(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=True),
        sa.Column("deleted", sa.Integer(), nullable=True),
        sa.Column("old_path_id", sa.Integer(), nullable=True),
        sa.Column("oid", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["commit_id"], ["commit.id"], name=op.f("fk_file_change_commit_id")),
        sa.PrimaryKeyConstraint("commit_id", "path_id", name=op.f("pk_file_change")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "snapshot_answer",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("scoring_version", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("best", sa.String(), nullable=True),
        sa.Column("worst", sa.String(), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("lead", sa.String(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_answer_snapshot_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "question", name=op.f("pk_snapshot_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "snapshot_branch",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("tip", sa.String(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("merged", sa.String(), nullable=False),
        sa.Column("is_release", sa.Boolean(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=True),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("merged_at", sa.BigInteger(), nullable=True),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("behind", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_branch_snapshot_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "position", name=op.f("pk_snapshot_branch")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("snapshot_branch", schema=None) as batch_op:
        batch_op.create_index("ix_snapshot_branch_oldest", ["snapshot_id", "fate", "last_at"], unique=False)

    op.create_table(
        "snapshot_evidence",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("signal", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_evidence_snapshot_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "signal", "position", name=op.f("pk_snapshot_evidence")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "snapshot_file",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("unread", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_file_snapshot_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "position", name=op.f("pk_snapshot_file")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("snapshot_file", schema=None) as batch_op:
        batch_op.create_index("ix_snapshot_file_largest", ["snapshot_id", "place", "lines"], unique=False)

    op.create_table(
        "snapshot_place",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_place_snapshot_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "place", name=op.f("pk_snapshot_place")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "snapshot_signal",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_signal_snapshot_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "name", name=op.f("pk_snapshot_signal")),
        sqlite_with_rowid=False,
    )
