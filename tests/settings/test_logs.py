import logging

import pytest

from settings.logs.masking import masked


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/r/k7qTOKEN", "/r/***"),
        ("/r/k7qTOKEN/claim/", "/r/***/claim/"),
        ("/h/abc", "/h/***"),
        ("/id/collect/abc", "/id/collect/***"),
        ("/screen/abc/", "/screen/***/"),
        ("/live/abc", "/live/***"),
        ("/search/", "/search/"),
        ("/catalogue/r/x", "/catalogue/r/x"),
    ],
)
def test_a_token_in_a_path_is_never_shown(path, shown):
    assert masked(path) == shown


@pytest.mark.django_db
def test_neither_access_log_nor_djangos_warnings_show_a_token(client, caplog, capsys):
    handler = logging.getLogger().handlers[0]
    lines = []
    with caplog.at_level(logging.INFO):
        client.get("/r/verysecrettoken/nothing-here")
        lines = [handler.formatter.format(record) for record in caplog.records]
    assert any("/r/***" in line for line in lines)
    assert "verysecrettoken" not in "".join(lines)
