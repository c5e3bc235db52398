"""How often one address may check cards: a whole fair scans from one, nobody tries numbers from one."""

from core.rate_limits import Limit, count, reached

__all__ = ["FRAMES", "MISSES", "SCANS", "TYPED", "Limit", "count", "reached"]

# A signed code cannot be guessed: this only keeps one address from using up the server.
SCANS = Limit("card-scans", 1200)
# Numbers follow one another: somebody who types many reads the register through the keyhole.
TYPED = Limit("card-typed", 60)
MISSES = Limit("card-misses", 10)
# A camera without a detector sends more than one frame a second, and there are several at a fair.
FRAMES = Limit("card-frames", 12_000)
