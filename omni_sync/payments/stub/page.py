"""The page a shopper would pay on, plainly labelled: no card is asked for, no money moves."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from html import escape
from typing import Any, Final

WHOLE: Final = {"jpy", "krw", "vnd", "clp", "pyg", "xaf", "xof", "xpf", "bif", "djf", "gnf", "kmf", "mga", "rwf", "vuv"}
WORDS: Final = {
    "en": {
        "title": "Test payment",
        "label": "Test money. No card is asked for and nothing is charged.",
        "for": "For",
        "pay": "Pay",
        "decline": "Decline",
        "back": "Back to the shop",
        "declined": "The payment was declined. Try again, or go back to the shop.",
        "over": "Nothing can be paid here any more.",
    },
    "id": {
        "title": "Pembayaran uji coba",
        "label": "Uang percobaan. Tidak ada kartu yang diminta dan tidak ada yang ditagih.",
        "for": "Untuk",
        "pay": "Bayar",
        "decline": "Tolak",
        "back": "Kembali ke toko",
        "declined": "Pembayaran ditolak. Coba lagi, atau kembali ke toko.",
        "over": "Tidak ada lagi yang bisa dibayar di sini.",
    },
}
STYLE: Final = """
body{font:1rem/1.5 system-ui,sans-serif;margin:0;background:#f4f4f2;color:#1c1c1a}
main{max-width:26rem;margin:8vh auto;padding:1.5rem;background:#fff;border:1px solid #d8d8d2}
p.label{background:#fff3c4;border:1px solid #8a6d00;padding:.75rem;font-weight:600}
p.sum{font-size:2rem;margin:.5rem 0}
button{font:inherit;min-height:2.75rem;width:100%;margin:.25rem 0}
button{border:1px solid #1c1c1a;background:#fff;color:#1c1c1a}
button.pay{background:#1c1c1a;color:#fff}
a{display:inline-block;min-height:2.75rem;line-height:2.75rem;color:inherit}
"""


def page(session: Mapping[str, Any], *, was_declined: bool = False) -> str:
    """The page of a session, in its language."""
    language = "id" if session.get("locale") == "id" else "en"
    words = WORDS[language]
    note = f'<p role="alert">{words["declined"]}</p>' if was_declined else ""
    buttons = (
        f'<form method="post">'
        f'<button class="pay" name="do" value="pay">{words["pay"]}</button>'
        f'<button name="do" value="decline">{words["decline"]}</button></form>'
    )
    body = buttons if session["status"] == "open" else f"<p>{words['over']}</p>"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<link rel="icon" href="data:,"><title>{words["title"]}</title>'
        f"<style>{STYLE}</style></head><body><main><h1>{words['title']}</h1>"
        f'<p class="label">{words["label"]}</p>{note}<p class="sum">{escape(_sum(session))}</p>'
        f"<p>{words['for']} {escape(session['_name'])}</p>{body}"
        f'<p><a href="{escape(session["cancel_url"])}">{words["back"]}</a></p></main></body></html>'
    )


def _sum(session: Mapping[str, Any]) -> str:
    currency = session["currency"]
    amount = Decimal(session["amount_total"]) / (1 if currency in WHOLE else 100)
    return f"{currency.upper()} {amount:,f}"
