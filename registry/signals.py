"""What the register tells others, after the change is committed."""

from django.dispatch import Signal

# Sent with `registrant` when a state changes: cards stop or stand by it.
registrant_state_changed = Signal()
