"""What a browser would send of a form."""

from html.parser import HTMLParser
from typing import Any


class Fields(HTMLParser):
    """The fields of every form that is posted: hidden or typed, ticked, and selected, else the first to select."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._form: dict[str, str] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = {}
            if said.get("method") == "post":
                self.forms.append((said.get("action", ""), self._form))
        elif tag == "select":
            self._select = said["name"]
        elif tag == "option" and ("selected" in said or self._select not in self._form):
            self._form[self._select] = said["value"]
        elif tag == "input" and said.get("name") and (said.get("type") != "radio" or "checked" in said):
            self._form[said["name"]] = said.get("value", "")


def fields_of(answer: Any, action: str) -> dict[str, str]:
    """The fields of the form that is posted to ``action``, as they stand on the page; no token of the session's."""
    (fields,) = [fields for where, fields in Fields(answer.content.decode()).forms if where == action]
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}
