"""What the resolver answers, and how it is asked."""

import json

from tests.kiosk.links.conftest import GTIN

PAGE = f"/shelf/{GTIN}/"
LINKSET = "application/linkset+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def leads_to(answer, where):
    assert (answer.status_code, answer["Location"]) == (307, where)


def is_refused(answer, status):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == status
    assert answer["Access-Control-Allow-Origin"] == "*"
