"""The pages in Indonesian."""

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
            "Berawal dari sebuah bangku",
            "<p>Pada 1931 seseorang membangun rumah sudut di Menteng. Sembilan puluh tahun kemudian kami "
            "menaruh sebuah "
            "bangku di dalamnya, cermin di sebelahnya, dan empat puluh pasang sepatu di dinding. Orang duduk, mencoba, "
            "lalu kembali untuk membeli kemeja.</p><p>Sampai kini tokonya tetap begitu: barang sehari-hari yang baik, "
            "tidak banyak, dan seseorang yang tahu ukuran Anda.</p>",
            number("image:Langkah Menteng"),
        ),
        pair(
            "Lima toko dan yang satu ini",
            "<p>Menteng, Dago, Malioboro, Darmo, dan Sanur saling tahu isi gudangnya. Yang Anda lihat di sini adalah "
            "yang ada sekarang: dalam ukuran Anda, di toko Anda, atau dua jalan dari sana.</p>",
            number("image:Langkah Malioboro"),
            first=True,
            way=link("Alamat dan jam buka", place="stores"),
        ),
        text(
            "<h2>Cara kami membuatnya</h2><p>Semua kami rancang sendiri dan dibuat di Bandung, Pekalongan, dan "
            "Sidoarjo, "
            "oleh sebelas bengkel yang namanya tertera pada label di dalam.</p><ul>"
            "<li><b>Sedikit model, bertahan bertahun-tahun.</b> Sepatu lari Tapak ada di etalase sejak hari "
            "pertama.</li>"
            "<li><b>Diperbaiki, bukan diganti.</b> Bawa jahitan yang lepas ke toko mana pun; kebanyakan bisa "
            "ditunggu.</li>"
            "<li><b>Ukuran yang tetap.</b> Nomor 42 tahun lalu sama dengan nomor 42 tahun ini.</li></ul>"
        ),
        shop_picker(),
    ]


def _delivery(number: Number) -> list[Block]:
    return [
        note("<p><b>Ambil di toko gratis</b>, di semua toko, sering kali dalam dua jam. Pilih di keranjang.</p>"),
        text(
            "<h2>Ambil di toko</h2><p>Pilih toko Anda di keranjang, dan Anda langsung tahu kapan semuanya siap: "
            "biasanya "
            "satu sampai dua jam setelah pesanan, selama toko buka. Kami mengirim kode; tunjukkan di kasir. Teman Anda "
            "juga boleh mengambil dengan kode itu.</p><p>Barang kami simpan selama tiga hari. Yang sudah "
            "dibayar tetapi "
            "tidak diambil kami kembalikan uangnya tanpa perlu diminta.</p><h2>Pengiriman</h2><p>Paket berangkat dari "
            "gudang pada hari yang sama untuk pesanan sebelum pukul 14.00, Senin sampai Sabtu.</p>"
        ),
        table(
            "Ongkos kirim",
            ["Tujuan", "Harga", "Lama"],
            ["Jawa dan Bali", "Rp15.000", "1\N{EN DASH}3 hari"],
            ["Sumatra", "Rp25.000", "2\N{EN DASH}4 hari"],
            ["Daerah lain di Indonesia", "Rp40.000", "3\N{EN DASH}7 hari"],
        ),
        text(
            "<h2>Pengembalian</h2><p>Tiga puluh hari, di toko mana pun atau lewat paket, di mana pun Anda membelinya. "
            "Barang belum dipakai dan labelnya masih ada. Di toko, uang kembali saat itu juga dengan cara Anda "
            "membayar; "
            "lewat paket, dalam tiga hari setelah paket tiba.</p><ol><li>Buka pesanan di akun Anda, atau bawa struknya."
            "</li><li>Sebutkan apa yang kembali, dan alasannya bila berkenan: itu membantu kami merancang berikutnya."
            "</li><li>Serahkan di toko, atau masukkan ke kantong asalnya dan berikan kepada kurir.</li></ol>"
            "<h2>Tukar ukuran</h2><p>Ini yang paling mudah: setiap toko bisa melihat di mana ukuran itu berada dan "
            "mengirimkannya kepada Anda tanpa biaya. Belum yakin? Di "
            + to_page(number("page:sizes"), "panduan ukuran")
            + " ada sentimeternya.</p>"
        ),
    ]


def _sizes(number: Number) -> list[Block]:
    return [
        text(
            "<h2>Sepatu</h2><p>Berdirilah di atas selembar kertas dengan tumit menempel ke dinding, tandai jari "
            "terpanjang, "
            "lalu ukur dari dinding ke tanda itu. Lakukan pada sore hari, dengan kaus kaki, untuk kedua kaki; "
            "yang lebih "
            "panjang yang dipakai.</p>"
        ),
        table(
            "Sepatu",
            ["EU", "Kaki, cm", "UK", "US pria", "US wanita"],
            ["36", "22,5", "3,5", "4,5", "6"],
            ["37", "23,2", "4", "5", "6,5"],
            ["38", "24,0", "5", "6", "7,5"],
            ["39", "24,6", "6", "7", "8,5"],
            ["40", "25,3", "6,5", "7,5", "9"],
            ["41", "26,0", "7,5", "8,5", "10"],
            ["42", "26,7", "8", "9", "10,5"],
            ["43", "27,3", "9", "10", "11,5"],
            ["44", "28,0", "9,5", "10,5", "12"],
            ["45", "28,6", "10,5", "11,5", "13"],
        ),
        text(
            "<h2>Pakaian</h2><p>Ukur dada di bawah lengan dan pinggang di bagian yang menekuk, dengan pita "
            "rapat tetapi "
            "tidak ketat. Di antara dua ukuran, pilih yang lebih besar.</p>"
        ),
        table(
            "Pakaian",
            ["Ukuran", "Dada, cm", "Pinggang, cm"],
            ["S", "88\N{EN DASH}94", "74\N{EN DASH}80"],
            ["M", "94\N{EN DASH}100", "80\N{EN DASH}86"],
            ["L", "100\N{EN DASH}106", "86\N{EN DASH}92"],
            ["XL", "106\N{EN DASH}114", "92\N{EN DASH}100"],
            ["XXL", "114\N{EN DASH}122", "100\N{EN DASH}108"],
        ),
        note(
            "<p>Celana memakai inci lingkar pinggang: nomor 32 berarti 81 cm. Panjangnya selalu cukup untuk "
            "dilipat.</p>"
        ),
    ]


def _faq(number: Number) -> list[Block]:
    delivery = to_page(number("page:delivery"), "Pengiriman dan pengembalian")
    return [
        faq(
            "Berbelanja",
            (
                "Apakah yang saya lihat benar-benar ada?",
                (
                    "<p>Ya. Angkanya berasal dari kasir dan rak kelima toko, dan berubah selagi Anda melihat. "
                    "Begitu Anda "
                    "memesan, barangnya langsung disisihkan untuk Anda.</p>"
                ),
            ),
            (
                "Bisakah saya mencoba di toko barang yang saya temukan di sini?",
                "<p>Pilih ambil di toko, bayar di sana, dan coba dulu. Yang tidak pas tidak usah dibawa.</p>",
            ),
            (
                "Apakah saya perlu akun?",
                "<p>Tidak. Dengan akun, ukuran, daftar, dan struk Anda dari toko ada di satu tempat.</p>",
            ),
        ),
        faq(
            "Pengiriman dan pengembalian",
            (
                "Berapa lama saya boleh mengembalikan barang?",
                f"<p>Tiga puluh hari, di toko mana pun atau lewat paket. Selengkapnya: {delivery}.</p>",
            ),
            (
                "Saya membelinya di Bandung. Bisa dikembalikan di Sanur?",
                "<p>Bisa. Bawa struknya, di kertas atau di ponsel.</p>",
            ),
            (
                "Bolehkah orang lain mengambilkan?",
                "<p>Boleh: kirimkan kode Anda kepadanya. Itu saja cukup.</p>",
            ),
        ),
        faq(
            "Pembayaran",
            (
                "Bagaimana cara membayar?",
                (
                    "<p>Di sini dengan kartu atau QRIS; di toko juga tunai. Bila mengambil di toko, Anda boleh "
                    "membayar di "
                    "kasir.</p>"
                ),
            ),
            (
                "Apakah kartu saya disimpan?",
                "<p>Tidak. Datanya langsung ke penyedia pembayaran kami dan tidak pernah sampai kepada kami.</p>",
            ),
        ),
    ]


def _privacy(number: Number) -> list[Block]:
    return [
        text(
            "<h2>Yang kami simpan</h2><p>Pesanan Anda, karena hukum mewajibkannya dan karena Anda mungkin ingin "
            "mengembalikan sesuatu. Ukuran, daftar, dan toko Anda, karena Anda yang mengatakannya. Kami "
            "menghitung barang "
            "apa yang dilihat, bukan siapa yang melihat.</p><h2>Siapa yang melihatnya</h2><p>Staf melihat daftar dan "
            "pembelian Anda hanya setelah Anda menunjukkan kode atau mengonfirmasi kode yang kami kirim. Setiap kali "
            "dilihat, itu dicatat, dan Anda boleh meminta catatannya.</p><h2>Pesan</h2><p>Tentang pesanan dan "
            "pengambilan "
            "selalu; tentang barang baru hanya bila Anda setuju, paling banyak sekali seminggu, dan satu ketukan "
            "menghentikannya.</p><h2>Hak Anda</h2><p>Mintalah di toko mana pun, atau lewat akun Anda, salinan "
            "semua data "
            "atau penghapusannya. Tidak ada yang dimuat dari pihak lain di halaman ini, dan apa yang Anda lakukan di "
            "sini tidak diberitahukan kepada siapa pun.</p>"
        )
    ]


def _rain(number: Number) -> list[Block]:
    return [
        chosen(
            "Kering dari luar",
            [number(f"product:LK-{code}") for code in ("RAI-MUS", "RAI-SEA", "CHB-BRN", "SWT-SEA")],
        ),
        pair(
            "Direkat dengan tangan, diuji di bawah semprotan",
            "<p>Rintik dibuat dari nilon daur ulang dengan jahitan yang direkat: tiga jam hujan November di "
            "Bandung tidak "
            "menembusnya. Jaket ini terlipat ke dalam sakunya sendiri, dan hadir dalam dua warna yang terlihat oleh "
            "pengendara.</p>",
            number("image:Langkah Dago"),
            first=True,
        ),
        trend("Paling laris minggu-minggu ini", "sold"),
        of_category("Sepatu yang boleh basah", number("category:Shoes")),
    ]


PAGES: Final = {
    "about": Text(
        "tentang-kami",
        "Tentang Langkah",
        "Sepatu dan pakaian sehari-hari dari lima toko dan satu situs yang saling tahu.",
        _about,
    ),
    "delivery": Text(
        "pengiriman-dan-pengembalian",
        "Pengiriman dan pengembalian",
        "Ambil dalam dua jam, dikirim dalam beberapa hari, dikembalikan dalam tiga puluh.",
        _delivery,
    ),
    "sizes": Text(
        "panduan-ukuran",
        "Panduan ukuran",
        "Penggaris, selembar kertas, dua menit: lalu pas sejak pertama kali dicoba.",
        _sizes,
    ),
    "faq": Text("tanya-jawab", "Tanya jawab", "Yang sering ditanyakan di kasir, dan jawaban kami.", _faq),
    "privacy": Text("data-anda", "Data Anda", "Apa yang kami tahu, untuk apa, dan cara menariknya kembali.", _privacy),
    "rain": Text(
        "siap-musim-hujan",
        "Siap musim hujan",
        "Musimnya sudah mulai. Jaket yang menahan hujan sore, bot yang tidak takut genangan, dan kaus untuk saat reda.",
        _rain,
        over="Hujan sudah berlalu, begitu pula kami. Terima kasih untuk semua yang datang basah dan pulang kering.",
        action="Lihat jaketnya",
    ),
}
