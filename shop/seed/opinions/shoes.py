# ruff: noqa: E501  (what somebody said is one line)
"""Of shoes and accessories, by style."""

from typing import Final

from shop.seed.opinions import Opinion

SHOES: Final[dict[str, tuple[Opinion, ...]]] = {
    "RUN": (
        Opinion(5, "en", "Kind to broken pavements", "Ten kilometres a day through Jakarta and my heels do not complain."),
        Opinion(5, "id", "Tumitnya empuk", "Ukuran 42 sama seperti sepatu saya yang lain. Jala di atasnya sejuk."),
        Opinion(3, "id", "Sol cepat kotor", "Nyaman sekali, tetapi solnya yang putih perlu sering dilap."),
    ),
    "CRT": (
        Opinion(5, "en", "Work on Monday, park on Sunday", "Plain in the best sense. Leather was soft from the first day."),
        Opinion(4, "id", "Kulitnya halus", "Agak sempit di hari pertama, lalu mengikuti kaki."),
        Opinion(4, "id", "Putih yang bertahan", "Cukup dilap kain basah, kembali putih."),
    ),
    "HIT": (
        Opinion(4, "en", "Classic", "Good canvas, honest rubber. Takes a minute to lace, as high-tops do."),
        Opinion(5, "id", "Tidak gerah", "Lubang udaranya terasa. Anak saya minta satu lagi."),
        Opinion(2, "en", "Half sizes, please", "41 pinches, 42 slips. I kept the 42 with thick socks."),
    ),
    "SLP": (
        Opinion(5, "id", "Lepas pasang di masjid", "Sedetik lepas, sedetik pakai. Karet sampingnya masih kencang."),
        Opinion(4, "en", "Off at the door", "What I wear most. The canvas dries overnight after rain."),
        Opinion(4, "id", "Ringan", "Solnya tipis, jangan untuk jalan jauh."),
    ),
    "SAN": (
        Opinion(5, "id", "Alas gabusnya membentuk", "Setelah seminggu seperti dibuat untuk kaki saya."),
        Opinion(4, "en", "Fine in the rain", "The sole does not mind, the cork needs a day to dry."),
        Opinion(3, "en", "Buckles are stiff", "Good sandal, fiddly buckles in the first week."),
    ),
    "FLP": (
        Opinion(5, "id", "Tidak licin di kamar mandi", "Karetnya mencengkeram meski basah."),
        Opinion(4, "en", "The strap holds", "One piece, nothing to pull out. A bit heavy for its kind."),
        Opinion(4, "id", "Untuk pantai", "Sudah tiga bulan di Sanur, belum putus."),
    ),
    "STP": (
        Opinion(5, "en", "Up to the waterfall and back", "Wet rock, mud, steps. Straps stayed closed."),
        Opinion(4, "id", "Kuat untuk naik gunung ringan", "Perekatnya masih kuat setelah sering kena lumpur."),
        Opinion(3, "id", "Agak lebar", "Kaki saya kurus, harus dikencangkan sampai ujung."),
    ),
    "LOA": (
        Opinion(5, "en", "Give it the week", "Day one I doubted, day eight I understood. Resoled once already."),
        Opinion(4, "id", "Kulitnya asli", "Minggu pertama agak keras, sesudahnya enak. Ambil satu nomor lebih kecil."),
        Opinion(4, "id", "Pantas untuk rapat", "Solnya tidak berbunyi di lantai kantor."),
    ),
    "BAL": (
        Opinion(5, "id", "Sepatu cadangan di laci", "Lembut dan datar, menyelamatkan kaki sesudah rapat."),
        Opinion(3, "en", "Pretty, thin sole", "Lovely leather. I feel every stone on Jalan Sabang."),
        Opinion(4, "id", "Pitanya manis", "Ukuran 38 pas, tidak lepas di tumit."),
    ),
    "DRB": (
        Opinion(5, "en", "Wide where it should be", "My toes have room and the heel does not slip. Rare."),
        Opinion(4, "id", "Rapi untuk wisuda", "Semir sekali, mengilap seharian."),
        Opinion(4, "id", "Jahitannya kuat", "Solnya dijahit, bukan dilem. Beratnya wajar."),
    ),
    "CHB": (
        Opinion(5, "id", "Hujan tidak masalah", "Kulitnya berlilin, air menggelinding. Mudah dipakai."),
        Opinion(5, "en", "Worth saving for", "Six weeks in and they look better than new. The tab really helps."),
        Opinion(3, "id", "Panas di siang hari", "Gagah, tetapi untuk Surabaya siang hari terlalu panas."),
    ),
    "TOT": (
        Opinion(5, "en", "Carries the market", "Two pineapples and a watermelon. The small pocket keeps the keys dry."),
        Opinion(4, "id", "Kanvasnya tebal", "Talinya cukup panjang untuk bahu."),
        Opinion(4, "id", "Pengganti kantong plastik", "Dicuci mesin boleh, sedikit menyusut."),
    ),
    "BPK": (
        Opinion(5, "id", "Laptop 14 inci aman", "Kena gerimis dari stasiun, isinya kering."),
        Opinion(4, "en", "Twenty honest litres", "Enough for a weekend in Yogya. I wish it had a bottle pocket."),
        Opinion(4, "id", "Kuat", "Setahun dipakai kuliah, jahitannya belum ada yang lepas."),
    ),
    "CAP": (
        Opinion(4, "en", "Fits a big head", "The clasp has room. Washed twice, keeps its brim."),
        Opinion(5, "id", "Adem", "Katunnya tipis, tidak bikin kepala gerah."),
        Opinion(3, "id", "Warnanya memudar", "Setelah dua bulan di motor warnanya lebih muda. Justru bagus juga."),
    ),
    "SOX": (
        Opinion(5, "id", "Tidak melorot", "Jahitan di jari rata, tidak mengganjal."),
        Opinion(4, "en", "Good heel", "Cushioned where it counts. Buy two, they sell single pairs."),
        Opinion(5, "id", "Beli lagi", "Sudah lima pasang di rumah."),
    ),
    "BLT": (
        Opinion(5, "en", "One belt for years", "Thick leather, brass that does not peel."),
        Opinion(4, "id", "Ukurannya dalam sentimeter", "Pinggang 32 inci ambil 95. Kulitnya tebal."),
        Opinion(4, "id", "Gespernya kokoh", "Kuningannya berat dan mantap."),
    ),
}  # fmt: skip
