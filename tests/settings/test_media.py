"""What somebody uploaded is shown or downloaded, never run."""

from pathlib import Path

import pytest

from settings.content_policy import HEADER


@pytest.fixture
def uploaded(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    for name in ("tee.webp", "page.html", "drawing.svg", "code.js", "paper.pdf", "unknown"):
        Path(tmp_path, name).write_bytes(b"<script>alert(1)</script>")


@pytest.mark.usefixtures("uploaded")
@pytest.mark.parametrize(
    ("name", "is_shown"),
    [("tee.webp", True), ("page.html", False), ("drawing.svg", False), ("code.js", False), ("unknown", False)],
)
def test_only_pictures_are_shown_and_nothing_runs(client, name, is_shown):
    response = client.get(f"/media/{name}")
    assert response.status_code == 200
    assert response.headers[HEADER] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("inline" if is_shown else "attachment")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
