from dataclasses import dataclass


@dataclass
class UnknownArticle(LookupError):
    """No article of this store is called what was scanned or typed."""

    said: str
