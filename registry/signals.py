"""What the register tells others, after the change is committed."""

from django.dispatch import Signal

# Sent with `registrant` when a state changes: cards stop or stand by it.
registrant_state_changed = Signal()
# Sent with `kept`, `merged` and `by` when two entries became one: the merged one's card is stopped.
registrants_merged = Signal()
# Sent with the same when a merge was undone: whoever handed something over gives it back.
registrants_parted = Signal()

# Sent while somebody's data is gathered for them. Each receiver answers with what its app holds:
# {"code", "title", "entries": a list of entries, each a list of (label, value)}.
held_data_asked = Signal()

# Sent inside the transaction that erases a registrant's data: whoever holds a copy erases it too.
registrant_erased = Signal()

# Sent with `registrant` and `fields`, the names of what an amendment or a transfer changed: a card that is
# out goes on showing the old values.
registrant_amended = Signal()
