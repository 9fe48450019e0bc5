"""The header, the footer, a notice, and what stands on the front pages and in one shop."""

from collections.abc import Callable
from typing import Any, Final

from shop.seed.writing.pieces import Block, block, hero, link, pair, trend

Number = Callable[[str], int | None]

#: What is said around the pages, by language and then by name.
SAID: Final[dict[str, dict[str, str]]] = {
    "en": {
        "words": "Shoes and everyday clothes. Five shops and one website, one stock.",
        "shop": "Shop",
        "help": "Help",
        "us": "Langkah",
        "legal": "© 2026 Langkah. A shop that exists only in this demo.",
        "notice": "Collecting is free in all five shops, often within two hours.",
        "how": "How it works",
        "rain": "The season has begun. What keeps you dry is here, and in a shop near you.",
        "see": "See what keeps you dry",
        "sold": "What goes out of the door",
        "upstairs": "Upstairs",
        "menteng": "<p>Clothes are on the first floor, where the light is better. Alterations are done on Tuesdays and "
        "Fridays by Bu Ratna, who has been with us since the first day: bring what you bought, wait with a coffee, and "
        "take it home.</p>",
    },
    "id": {
        "words": "Sepatu dan pakaian sehari-hari. Lima toko dan satu situs, satu stok.",
        "shop": "Belanja",
        "help": "Bantuan",
        "us": "Langkah",
        "legal": "© 2026 Langkah. Toko yang hanya ada di demo ini.",
        "notice": "Ambil di toko gratis di kelima toko kami, sering kali dalam dua jam.",
        "how": "Begini caranya",
        "rain": "Musimnya sudah mulai. Yang membuat Anda tetap kering ada di sini, dan di toko terdekat.",
        "see": "Lihat penangkal hujan",
        "sold": "Yang paling sering dibawa pulang",
        "upstairs": "Di lantai atas",
        "menteng": "<p>Pakaian ada di lantai satu, yang cahayanya lebih baik. Permak dikerjakan setiap Selasa "
        "dan Jumat "
        "oleh Bu Ratna, yang bersama kami sejak hari pertama: bawa belanjaan Anda, tunggu sambil minum kopi, lalu bawa "
        "pulang.</p>",
    },
}


def _links(*links: Block) -> list[Block]:
    return [block("link", one) for one in links]


def header(language: str, number: Number) -> dict[str, Any]:
    """Its fields."""
    return {"links": _links(link(place="everything"), link(place="stores"), link(page=number("page:rain")))}


def footer(language: str, number: Number) -> dict[str, Any]:
    said = SAID[language]
    columns = {
        "shop": [link(category=number(f"category:{name}")) for name in ("Clothes", "Shoes", "Accessories")]
        + [link(page=number("page:rain"))],
        "help": [link(page=number(f"page:{key}")) for key in ("delivery", "sizes", "faq")],
        "us": [link(page=number("page:about")), link(place="stores"), link(place="account")],
    }
    return {
        "words": said["words"],
        "columns": [
            block("column", {"heading": said[name], "links": [block("item", one) for one in links]})
            for name, links in columns.items()
        ],
        "legal": said["legal"],
        "legal_links": _links(link(page=number("page:privacy"))),
    }


def notice(language: str, number: Number) -> dict[str, Any]:
    said = SAID[language]
    return {"text": said["notice"], "link": _links(link(said["how"], page=number("page:delivery")))}


def front(language: str, title: str, number: Number) -> list[Block]:
    """What stands on the front page between its words and what it shows by itself."""
    said = SAID[language]
    way = link(said["see"], page=number("page:rain"))
    return [hero(title, said["rain"], number("image:Langkah Dago"), way), trend(said["sold"], "sold")]


def menteng(number: Number) -> list[Block]:
    """More about one shop, in both languages."""
    return [
        block(
            "version",
            {
                "language": language,
                "body": [pair(said["upstairs"], said["menteng"], number("image:Langkah"), first=True)],
            },
        )
        for language, said in SAID.items()
    ]
