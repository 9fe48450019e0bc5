"""Questions and answers, each closed until it is asked."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock

from shop.content.blocks.found import Found
from shop.content.blocks.writing import SHORT, written
from shop.storefront.json_ld import ESCAPES


@dataclass(frozen=True, slots=True)
class Question:
    words: str
    answer: SafeString


@dataclass(frozen=True, slots=True)
class Faq:
    template: ClassVar[str] = "shop/content/blocks/faq.html"

    heading: str
    questions: tuple[Question, ...]


class QuestionBlock(StructBlock):
    question = CharBlock(label=_("question"), max_length=160)
    answer = RichTextBlock(label=_("answer"), features=list(SHORT))

    class Meta:
        icon = "help"
        label_format = "{question}"


class FaqBlock(StructBlock):
    heading = CharBlock(label=_("heading"), max_length=80, required=False)
    questions = ListBlock(QuestionBlock(label=_("question")), label=_("questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        label_format = "{heading}"


def faq(value: dict[str, Any], found: Found) -> Faq:
    asked = [item.get("value", item) for item in value["questions"]]
    return Faq(
        heading=value.get("heading") or "",
        questions=tuple(Question(one["question"], written(one["answer"], found)) for one in asked),
    )


def faq_json_ld(blocks: Iterable[Any]) -> SafeString:
    """What search engines are told of all questions among ``blocks`` (schema.org FAQPage); nothing without any."""
    questions = [question for block in blocks if isinstance(block, Faq) for question in block.questions]
    if not questions:
        return SafeString()
    said = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question.words,
                "acceptedAnswer": {"@type": "Answer", "text": str(question.answer)},
            }
            for question in questions
        ],
    }
    return SafeString(json.dumps(said, ensure_ascii=False).translate(ESCAPES))
