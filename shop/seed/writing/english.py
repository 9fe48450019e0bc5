"""The pages in English."""

from collections.abc import Callable
from typing import Final

from shop.seed.writing.pieces import (
    Block,
    Text,
    chosen,
    faq,
    link,
    note,
    of_category,
    pair,
    shop_picker,
    table,
    text,
    to_page,
    trend,
)

Number = Callable[[str], int | None]


def _about(number: Number) -> list[Block]:
    return [
        pair(
            "It began with a bench",
            "<p>In 1931 somebody built a corner house in Menteng. Ninety years later we put a bench into it, a mirror "
            "beside it and forty pairs of shoes on the wall. People sat down, tried on, and came back for a shirt.</p>"
            "<p>That is still the shop: good everyday things, few of them, and somebody who knows your size.</p>",
            number("image:Langkah Menteng"),
        ),
        pair(
            "Five shops and this one",
            "<p>Menteng, Dago, Malioboro, Darmo and Sanur share one stockroom in their heads. What you see on this "
            "page is what is there, now: in your size, in your shop, or two streets further on.</p>",
            number("image:Langkah Malioboro"),
            first=True,
            way=link("Addresses and hours", place="stores"),
        ),
        text(
            "<h2>How we make things</h2><p>We draw everything ourselves and have it made in Bandung, Pekalongan and "
            "Sidoarjo, by eleven workshops whose names are on the label inside.</p><ul>"
            "<li><b>Few styles, kept for years.</b> The Tapak runner has been in the window since the first day.</li>"
            "<li><b>Repaired, not replaced.</b> Bring a torn seam to any shop; most are done while you wait.</li>"
            "<li><b>Sizes that stay.</b> A 42 from last year fits like a 42 from this one.</li></ul>"
        ),
        shop_picker(),
    ]


def _delivery(number: Number) -> list[Block]:
    return [
        note("<p><b>Collecting is free</b>, in every shop, often within two hours. Choose it in the basket.</p>"),
        text(
            "<h2>Collect in a shop</h2><p>Choose your shop in the basket and you are told when everything is ready "
            "there: usually one to two hours after you order, while the shop is open. We send a code; show it at the "
            "counter. A friend may collect with it too.</p><p>We keep your things for three days. Whatever you "
            "paid for "
            "and did not collect is refunded without you asking.</p><h2>Delivery</h2><p>Parcels leave the warehouse on "
            "the day you order, until 14:00 from Monday to Saturday.</p>"
        ),
        table(
            "What a parcel costs",
            ["To", "Price", "Takes"],
            ["Java and Bali", "Rp15.000", "1\N{EN DASH}3 days"],
            ["Sumatra", "Rp25.000", "2\N{EN DASH}4 days"],
            ["Everywhere else in Indonesia", "Rp40.000", "3\N{EN DASH}7 days"],
        ),
        text(
            "<h2>Returns</h2><p>Thirty days, in any shop or by parcel, whether you bought it here or there. It should "
            "be unworn, with its label. In a shop you have your money back at once, the way you paid; by parcel within "
            "three days of its arrival.</p><ol><li>Open the order in your account, or bring the receipt.</li>"
            "<li>Say what comes back, and why, if you like: it helps us draw the next one.</li>"
            "<li>Hand it over in a shop, or put it into the bag it came in and give it to the courier.</li></ol>"
            "<h2>Exchanges</h2><p>Another size is the easiest: every shop can see where it lies, and sends it to you "
            "from there at no cost. Not sure which? Our "
            + to_page(number("page:sizes"), "size guide")
            + " has the centimetres.</p>"
        ),
    ]


def _sizes(number: Number) -> list[Block]:
    return [
        text(
            "<h2>Shoes</h2><p>Stand on a sheet of paper with your heel against a wall, mark the longest toe, "
            "and measure "
            "from the wall to the mark. Do it in the evening, with socks on, for both feet; the longer one counts.</p>"
        ),
        table(
            "Shoes",
            ["EU", "Foot, cm", "UK", "US men", "US women"],
            ["36", "22.5", "3.5", "4.5", "6"],
            ["37", "23.2", "4", "5", "6.5"],
            ["38", "24.0", "5", "6", "7.5"],
            ["39", "24.6", "6", "7", "8.5"],
            ["40", "25.3", "6.5", "7.5", "9"],
            ["41", "26.0", "7.5", "8.5", "10"],
            ["42", "26.7", "8", "9", "10.5"],
            ["43", "27.3", "9", "10", "11.5"],
            ["44", "28.0", "9.5", "10.5", "12"],
            ["45", "28.6", "10.5", "11.5", "13"],
        ),
        text(
            "<h2>Clothes</h2><p>Measure your chest under the arms and your waist where you bend, with the tape "
            "close but "
            "not tight. Between two sizes, take the larger one.</p>"
        ),
        table(
            "Clothes",
            ["Size", "Chest, cm", "Waist, cm"],
            ["S", "88\N{EN DASH}94", "74\N{EN DASH}80"],
            ["M", "94\N{EN DASH}100", "80\N{EN DASH}86"],
            ["L", "100\N{EN DASH}106", "86\N{EN DASH}92"],
            ["XL", "106\N{EN DASH}114", "92\N{EN DASH}100"],
            ["XXL", "114\N{EN DASH}122", "100\N{EN DASH}108"],
        ),
        note(
            "<p>Trousers are in inches of the waist: a 32 measures 81 cm. The length is always long enough to "
            "turn up.</p>"
        ),
    ]


def _faq(number: Number) -> list[Block]:
    delivery = to_page(number("page:delivery"), "Delivery and returns")
    return [
        faq(
            "Shopping",
            (
                "Is what I see really there?",
                (
                    "<p>Yes. The numbers come from the tills and the shelves of all five shops, and change "
                    "while you look. "
                    "When you order, the thing is put aside for you in that moment.</p>"
                ),
            ),
            (
                "Can I try on in the shop what I found here?",
                "<p>Choose to collect, pay in the shop, and try on first. What doesn't fit stays there.</p>",
            ),
            (
                "Do I need an account?",
                "<p>No. With one, your sizes, your lists and your receipts from the shops are in one place.</p>",
            ),
        ),
        faq(
            "Delivery and returns",
            (
                "How long do I have to return something?",
                f"<p>Thirty days, in any shop or by parcel. All of it: {delivery}.</p>",
            ),
            (
                "I bought it in Bandung. Can I return it in Sanur?",
                "<p>Yes. Bring the receipt, on paper or on your phone.</p>",
            ),
            (
                "Can somebody else collect for me?",
                "<p>Yes: send them your code. They need nothing else.</p>",
            ),
        ),
        faq(
            "Paying",
            (
                "How can I pay?",
                "<p>By card or QRIS here; in the shops with cash too. Collecting, you may also pay at the counter.</p>",
            ),
            (
                "Do you keep my card?",
                "<p>No. It goes to our payment provider and never reaches us.</p>",
            ),
        ),
    ]


def _privacy(number: Number) -> list[Block]:
    return [
        text(
            "<h2>What we keep</h2><p>Your orders, because the law wants it and because you may want to return "
            "something. Your sizes, lists and your shop, because you told us. Who looked at what is counted, "
            "not who you "
            "are.</p><h2>Who sees it</h2><p>Staff see your lists and purchases only after you showed them your code or "
            "confirmed the one we sent. Each look is recorded, and you can ask for the record.</p>"
            "<h2>Messages</h2><p>About orders and pickups always; about new things only if you said yes, at "
            "most once a "
            "week, and a tap ends it.</p><h2>Yours to take back</h2><p>Ask in any shop, or in your account, for a copy "
            "of everything or for its deletion. Nothing on these pages is loaded from anybody else, and nothing you do "
            "here is told to anybody else.</p>"
        )
    ]


def _rain(number: Number) -> list[Block]:
    return [
        chosen(
            "Dry on the outside",
            [number(f"product:LK-{code}") for code in ("RAI-MUS", "RAI-SEA", "CHB-BRN", "SWT-SEA")],
        ),
        pair(
            "Taped by hand, tested under a hose",
            "<p>The Rintik is made of recycled nylon with taped seams: three hours of Bandung's November did not come "
            "through. It folds into its own pocket, and it comes in two colours that drivers see.</p>",
            number("image:Langkah Dago"),
            first=True,
        ),
        trend("What goes out of the door these weeks", "sold"),
        of_category("Shoes that may get wet", number("category:Shoes")),
    ]


PAGES: Final = {
    "about": Text(
        "about",
        "About Langkah",
        "Shoes and everyday clothes from five shops and one website that know of each other.",
        _about,
    ),
    "delivery": Text(
        "delivery-and-returns",
        "Delivery and returns",
        "Collect in two hours, have it sent in days, bring it back within thirty.",
        _delivery,
    ),
    "sizes": Text(
        "size-guide", "Size guide", "A ruler, a sheet of paper, two minutes: then it fits at the first try.", _sizes
    ),
    "faq": Text("questions", "Questions and answers", "What people ask us at the counter, and what we say.", _faq),
    "privacy": Text("privacy", "Your data", "What we know of you, what for, and how you take it back.", _privacy),
    "rain": Text(
        "ready-for-the-rain",
        "Ready for the rain",
        "The season has begun. Jackets that keep out the afternoon, boots that don't mind puddles, and a tee "
        "for when it "
        "stops.",
        _rain,
        over="The rain has moved on, and so have we. Thank you to everybody who came in wet and left dry.",
        action="See the jackets",
    ),
}
