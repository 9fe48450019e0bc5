from dataclasses import dataclass


@dataclass
class SamePerson(ValueError):
    """A row can't be matched with itself."""

    person_id: int


@dataclass
class AnsweredBefore(RuntimeError):
    """The match is not what the answer is about: somebody was faster. It is ``state`` now."""

    match_id: int
    state: str


@dataclass
class UnknownPurpose(LookupError):
    """We have no wording for this purpose: nobody can agree to it here."""

    purpose: str
