import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing

from omni_sync.live import token
from omni_sync.live.token import TokenExpired, TokenForged, TooManyTopics, issue, read
from omni_sync.live.topics import stock_topic


def test_a_token_allows_its_topics_for_a_quarter_of_an_hour_at_most():
    before = datetime.now(UTC)
    found = read(issue([stock_topic(7), stock_topic(8), stock_topic(7)]))
    assert found.topics == {"stock-7", "stock-8"}
    assert timedelta(minutes=9) < found.expires_at - before <= timedelta(minutes=15)


def test_the_browser_can_read_which_topics_a_token_is_for():
    first = issue(["stock-7"]).split(":")[0]
    assert json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))["t"] == ["stock-7"]


def test_an_old_token_is_refused_and_says_since_when(monkeypatch):
    monkeypatch.setattr(token, "SHORTEST", timedelta(seconds=-9))
    monkeypatch.setattr(token, "LONGEST", timedelta(seconds=-9))
    old = issue(["stock-7"])
    with pytest.raises(TokenExpired) as refusal:
        read(old)
    assert refusal.value.at < datetime.now(UTC)


def of_others(said: object, salt: str = token.SALT) -> str:
    return signing.Signer(salt=salt).sign_object(said)


@pytest.mark.parametrize(
    "forged",
    [
        lambda: "",
        lambda: "stock-7",
        lambda: "é" * 40,
        lambda: issue(["stock-7"])[:-1],
        lambda: "e30" + issue(["stock-7"]),
        lambda: of_others({"t": ["stock-7"], "e": 9_999_999_999}, salt="another"),
        lambda: of_others(["stock-7"]),
        lambda: of_others({"t": 7, "e": 9_999_999_999}),
        lambda: of_others({"t": ["stock-7"], "e": "later"}),
        lambda: of_others({"t": ["stock-7"], "e": 10**30}),
    ],
)
def test_whatever_is_not_ours_and_whole_is_refused(forged):
    with pytest.raises(TokenForged):
        read(forged())


def test_tokens_live_through_a_change_of_the_key(settings):
    old = issue(["stock-7"])
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert read(old).topics == {"stock-7"}


def test_a_page_part_follows_a_hundred_topics_at_most():
    assert len(read(issue(map(stock_topic, range(100)))).topics) == 100
    with pytest.raises(TooManyTopics) as refusal:
        issue(map(stock_topic, range(101)))
    assert refusal.value.count == 101
