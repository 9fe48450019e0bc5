"""A browser that sends the forms it sees, with whatever is hidden in them and the button that is pressed."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[dict[str, Any]] = field(default_factory=list)


class Forms(HTMLParser):
    """Every form of a page: what it carries, and its buttons with their words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._is_button = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = dict(attrs)
        if tag == "form":
            self._form = Form(said.get("action") or "")
            self.found.append(self._form)
        elif self._form is not None and tag == "button":
            self._form.buttons.append({**said, "words": ""})
            self._is_button = True
        elif self._form is not None and tag == "input" and said.get("name") and said.get("type") != "submit":
            self._form.fields[said["name"]] = said.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "button":
            self._is_button = False

    def handle_data(self, data: str) -> None:
        if self._is_button and self._form is not None:
            self._form.buttons[-1]["words"] += data


class Browser(Client):
    """Somebody at a device: forms without a token of ours are refused, as they are in a real one."""

    page: Any

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True)

    def open(self, path: str) -> str:
        self.page = self.get(path, follow=True)
        return self.read()

    def press(self, words: str, **typed: Any) -> str:
        """Press the button that says ``words``, with ``typed`` in its form; what is read then."""
        form, button = next(
            (form, button)
            for form in Forms(self.page.content.decode()).found
            for button in form.buttons
            if words in " ".join(button["words"].split())
        )
        assert typed.keys() <= form.fields.keys() | {"store", "kind", "role"}, form
        pressed = {button["name"]: button["value"]} if "name" in button else {}
        where = form.action or self.page.request["PATH_INFO"]
        self.page = self.post(where, {**form.fields, **typed, **pressed}, follow=True)
        return self.read()

    def read(self) -> str:
        """The page as its reader sees it."""
        assert self.page.status_code == 200, (self.page.status_code, self.page.content.decode())
        text = re.sub(r"<(script|style).*?</\1>", " ", self.page.content.decode(), flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]*>", " ", text).split())
