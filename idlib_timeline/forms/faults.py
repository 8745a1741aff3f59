"""What a container yields in place of an article that cannot be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken record: the name of its part, and why it is skipped, with the remedy. The rest is read on."""

    part: str
    why: str
