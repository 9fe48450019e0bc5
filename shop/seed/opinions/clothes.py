# ruff: noqa: E501  (what somebody said is one line)
"""Of clothes, by style."""

from typing import Final

from shop.seed.opinions import Opinion

CLOTHES: Final[dict[str, tuple[Opinion, ...]]] = {
    "TEE": (
        Opinion(5, "en", "The collar stays flat", "Third one I own. The first has been through fifty washes and the collar is still straight."),
        Opinion(4, "id", "Tebal, pas di badan", "Bahannya tebal dan tidak menerawang. Agak hangat kalau siang di Jakarta, tapi jatuhnya bagus."),
        Opinion(5, "id", "Langganan", "Ukuran M pas untuk tinggi 172 cm. Dicuci mesin tidak menyusut."),
    ),
    "STR": (
        Opinion(4, "en", "Stripes that line up", "They match at the side seams, which I did not expect at this price. Neck a little wide for me."),
        Opinion(5, "id", "Garisnya rajutan asli", "Warnanya tidak pudar setelah dua bulan. Enak di bawah jaket."),
        Opinion(3, "id", "Lehernya lebar", "Bagus, tetapi leher lebih lebar dari perkiraan. Coba dulu di toko."),
    ),
    "LST": (
        Opinion(5, "id", "Penyelamat ruang AC", "Kantor saya dingin sekali. Ini cukup tanpa jaket."),
        Opinion(4, "en", "Good cuffs", "The cuffs keep their shape when I push the sleeves up. Runs slightly long."),
        Opinion(4, "id", "Nyaman", "Sakunya kecil, tetapi bahannya lembut dan tidak cepat kusut."),
    ),
    "POL": (
        Opinion(4, "en", "Fine for the office", "Smarter than my other polos. The hem is straight, so it looks right outside the trousers."),
        Opinion(3, "id", "Cukup", "Kerahnya sedikit melengkung setelah dicuci, harus disetrika."),
        Opinion(5, "id", "Rapi terus", "Dipakai Senin sampai Jumat bergantian. Kancingnya kuat."),
    ),
    "LIN": (
        Opinion(5, "en", "Cool in the heat", "Walked from Gambir to Sabang at noon and arrived presentable. It creases, as linen does."),
        Opinion(4, "id", "Adem, mudah kusut", "Sejuk sekali. Siapkan setrika uap."),
        Opinion(5, "id", "Kancing batoknya cantik", "Banyak yang bertanya beli di mana. Ukuran L agak longgar, saya suka."),
    ),
    "OXF": (
        Opinion(5, "en", "The spare button helped", "Lost one, sewed the spare on. Collar behaves without a tie."),
        Opinion(4, "id", "Kemeja kerja yang jujur", "Bahannya tebal, awalnya kaku, makin lama makin lembut."),
        Opinion(2, "id", "Lengan terlalu panjang", "Badannya pas tetapi lengannya panjang 3 cm. Saya tukar di Dago, prosesnya cepat."),
    ),
    "BTK": (
        Opinion(5, "id", "Motifnya bertemu di depan", "Kawungnya menyambung rapi di bagian kancing. Untuk kondangan maupun santai."),
        Opinion(5, "en", "A gift that was worn", "Bought for my father in Surabaya, he has worn it every Friday since."),
        Opinion(4, "id", "Halus", "Katunnya lembut. Warnanya sedikit luntur di cucian pertama, pisahkan dulu."),
    ),
    "FLN": (
        Opinion(5, "id", "Untuk Lembang dan Dieng", "Hangat tetapi tidak tebal. Saku bertutupnya berguna."),
        Opinion(3, "en", "Too warm for Bali", "Well made, but I only wear it on the mountain. My fault."),
        Opinion(4, "id", "Lembut luar dalam", "Sedikit berbulu di bulan pertama, sesudah itu tidak lagi."),
    ),
    "BLS": (
        Opinion(5, "id", "Ringan dan sopan", "Tidak menerawang kalau pakai dalaman warna kulit. Kancing kerangnya manis."),
        Opinion(4, "en", "Light as promised", "Lovely sleeves. Wash it in a bag, the voile is delicate."),
        Opinion(2, "en", "One size smaller, please", "S is generous on me and there is no XS. Returned it in Darmo without trouble."),
    ),
    "HOO": (
        Opinion(5, "id", "Tudungnya tidak merosot", "Kereta pagi ke Bandung tidak dingin lagi."),
        Opinion(4, "en", "Soft inside", "Warm enough for a cinema, not too warm for the walk there."),
        Opinion(4, "id", "Tahan lama", "Sudah setahun, bagian dalamnya masih lembut. Talinya sedikit panjang."),
    ),
    "SWT": (
        Opinion(4, "en", "Does not shrink", "It says washed before it is cut and it is true: same size after a month."),
        Opinion(5, "id", "Sederhana dan rapi", "Warnanya persis seperti di foto."),
        Opinion(3, "id", "Biasa saja", "Nyaman, tetapi karetnya di pinggang agak ketat untuk saya."),
    ),
    "CRD": (
        Opinion(5, "en", "Lives in my bag", "Folds to nothing, comes out without creases. Saved me in three meeting rooms."),
        Opinion(4, "id", "Rajutannya halus", "Kancingnya lima, jaraknya pas, tidak terbuka saat duduk."),
        Opinion(4, "id", "Untuk kantor ber-AC", "Sakunya berguna untuk kartu akses."),
    ),
    "KNT": (
        Opinion(4, "id", "Hangat betul", "Dipakai di Bromo, tidak perlu jaket lagi. Harus dicuci tangan."),
        Opinion(5, "en", "Proper cables", "Heavier than it looks and knitted evenly. Dried flat it kept its length."),
        Opinion(2, "id", "Gatal di leher", "Rajutannya bagus, tetapi lehernya gatal di kulit saya."),
    ),
    "RAI": (
        Opinion(5, "id", "Hujan Bogor pun lewat", "Naik motor dua puluh menit, dalamnya tetap kering."),
        Opinion(4, "en", "Packs into its pocket", "Really does. The air vents help, it is still a rain jacket in the tropics."),
        Opinion(5, "id", "Pinggiran tudungnya berguna", "Kacamata saya tidak basah. Warna kuningnya terlihat di jalan."),
    ),
    "DNM": (
        Opinion(4, "en", "Broken in on day one", "No stiff week. The inside pockets fit a phone each."),
        Opinion(5, "id", "Panjangnya pas", "Muat di atas hoodie tanpa sesak di ketiak."),
        Opinion(3, "id", "Warnanya lebih gelap", "Di layar terlihat lebih muda. Tetap saya simpan."),
    ),
    "BOM": (
        Opinion(5, "id", "Ringan untuk malam", "Saku di lengan muat kartu e-money, praktis di gerbang tol."),
        Opinion(4, "en", "Nice ribbing", "Collar and cuffs keep their shape. The zip was stiff for the first days."),
        Opinion(4, "id", "Keren", "Ukuran L untuk 178 cm, pas di bahu."),
    ),
    "CHI": (
        Opinion(5, "en", "Deep pockets indeed", "My phone does not fall out on the motorbike. Bought the second colour."),
        Opinion(4, "id", "Lurus dan nyaman", "Sedikit melar, enak untuk duduk lama. Panjangnya perlu dipotong 2 cm."),
        Opinion(3, "id", "Mudah kusut di lutut", "Bagus di pagi hari, sore sudah kusut di belakang lutut."),
    ),
    "JNS": (
        Opinion(5, "id", "Makin dicuci makin enak", "Minggu pertama kaku, sekarang jadi favorit."),
        Opinion(4, "en", "True to inches", "32 is a real 32. Turn it inside out or it will mark your sofa."),
        Opinion(1, "en", "Zip gave up", "The zip failed in week two. Exchanged in Menteng in five minutes, but still."),
    ),
    "SHO": (
        Opinion(5, "en", "Sanur approved", "Dry before the coffee is finished, and the drawstring stays where it is."),
        Opinion(4, "id", "Cepat kering", "Dipakai berenang dan jalan sore. Saku belakangnya kecil."),
        Opinion(4, "id", "Ringan", "Panjangnya di atas lutut, pas."),
    ),
    "JOG": (
        Opinion(4, "id", "Santai tapi rapi", "Bisa untuk jemput anak tanpa malu."),
        Opinion(5, "en", "The pocket with a zip", "Finally somewhere to put the key when I run."),
        Opinion(3, "id", "Pergelangan sempit", "Bahannya lembut, bagian pergelangannya agak sempit."),
    ),
    "WID": (
        Opinion(5, "en", "Falls beautifully", "Looks like twice the price. The elastic at the back is hidden well."),
        Opinion(4, "id", "Adem dan longgar", "Untuk tinggi 158 cm perlu dipotong sedikit."),
        Opinion(4, "id", "Nyaman seharian", "Pinggangnya tinggi dan tidak menekan saat duduk."),
    ),
    "DRS": (
        Opinion(5, "id", "Ada sakunya!", "Ringan, bergerak, dan sakunya dalam. Tidak disetrika pun tetap pantas."),
        Opinion(5, "en", "Packed it for a week", "Rolled up in a backpack and wore it straight out of it."),
        Opinion(3, "id", "Agak pendek", "Di saya jatuhnya di atas lutut. Bahannya enak."),
    ),
    "SKT": (
        Opinion(4, "id", "Lipatannya kembali", "Setelah dicuci lipatannya benar-benar kembali."),
        Opinion(5, "en", "Swings when you walk", "Exactly what it says. The waist is firm, choose the larger if in doubt."),
        Opinion(4, "id", "Anggun", "Untuk kantor dan undangan. Perlu dalaman di sinar matahari."),
    ),
    "SHD": (
        Opinion(5, "en", "Pockets in the seams", "Belt it or do not, both work. Sleeves stop at the right place."),
        Opinion(4, "id", "Serba guna", "Dibuka jadi luaran, ditutup jadi gaun."),
        Opinion(2, "id", "Kancing atas kurang", "Antara kancing kedua dan ketiga sedikit terbuka. Saya jahit sendiri satu lagi."),
    ),
}  # fmt: skip
