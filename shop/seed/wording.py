"""What people of the demo read when they said yes: kept with each consent, in the language they read it in."""

from typing import Final

WORDING: Final = {
    "en": {
        "service": "Langkah may message me about my orders, pickups and returns.",
        "marketing": "Langkah may tell me about new things and offers, at most once a week. "
        "I can stop this at any time.",
        "personalisation": "Langkah may use what I bought and looked at to show me what fits me.",
    },
    "id": {
        "service": "Langkah boleh mengirimi saya pesan tentang pesanan, pengambilan, dan pengembalian saya.",
        "marketing": "Langkah boleh mengabari saya tentang barang baru dan penawaran, paling banyak sekali seminggu. "
        "Saya dapat menghentikannya kapan saja.",
        "personalisation": "Langkah boleh memakai riwayat belanja dan kunjungan saya untuk menampilkan yang cocok "
        "bagi saya.",
    },
}
