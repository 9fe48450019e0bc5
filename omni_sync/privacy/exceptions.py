from dataclasses import dataclass


@dataclass
class StillOpen(RuntimeError):
    """Something is not over yet: orders on their way, to be collected, or whose money is not settled."""

    orders: tuple[str, ...]


@dataclass
class WorksHere(RuntimeError):
    """The account is a member of staff's: what they did is the shop's own book. Somebody takes their rights first."""

    user_ids: tuple[int, ...]


class PacketGone(LookupError):
    """There is no such packet for them: taken, too old, another's, or never made."""
