"""What stands beside a title."""


def facts_beside(title: str, *facts: str | None) -> tuple[str, ...]:
    """Those of ``facts`` that ``title`` does not say."""
    return tuple(fact for fact in facts if fact and fact.casefold() not in title.casefold())
