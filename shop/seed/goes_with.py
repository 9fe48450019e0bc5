"""What the demo's merchant recommends beside each style."""

from collections.abc import Iterator, Sequence
from typing import Final

from oscar.core.loading import get_model

from omni_sync.oscar.models import Product
from shop.seed.styles import Style
from shop.storefront.memory import catalogue_changed

ProductRecommendation = get_model("catalogue", "ProductRecommendation")

#: By the code of a style, those that are worn with it, the best first.
WORN_WITH: Final = {
    "TEE": "CHI CRT DNM CAP", "STR": "JNS HIT TOT CAP", "LST": "JNS RUN BOM SOX", "POL": "CHI LOA BLT SLP",
    "LIN": "CHI LOA SAN TOT", "OXF": "CHI DRB BLT KNT", "BTK": "CHI LOA BLT DRB", "FLN": "JNS CHB TEE SOX",
    "BLS": "WID BAL SKT TOT", "HOO": "JOG RUN CAP SOX", "SWT": "JOG RUN BPK SOX", "CRD": "SKT TEE BAL WID",
    "KNT": "CHI CHB OXF JNS", "RAI": "JNS RUN BPK CAP", "DNM": "TEE CHI HIT SHD", "BOM": "TEE JNS CRT CAP",
    "CHI": "OXF LOA BLT POL", "JNS": "TEE CRT BLT DNM", "SHO": "POL SLP CAP FLP", "JOG": "HOO RUN SOX SWT",
    "WID": "BLS BAL TOT CRD", "DRS": "SAN TOT CRD BAL", "SKT": "BLS BAL CRD TOT", "SHD": "SAN DNM TOT BAL",
    "RUN": "SOX JOG SHO CAP", "CRT": "JNS TEE SOX CHI", "HIT": "JNS STR SOX CAP", "SLP": "SHO POL TOT SOX",
    "SAN": "DRS LIN SHO TOT", "FLP": "SHO TEE CAP TOT", "STP": "SHO BPK CAP TEE", "LOA": "CHI BTK BLT SOX",
    "BAL": "SKT WID BLS TOT", "DRB": "OXF CHI BLT SOX", "CHB": "JNS KNT SOX BOM", "TOT": "STR DRS SHD CAP",
    "BPK": "RAI STP CAP HOO", "CAP": "TEE SHO BPK RUN", "SOX": "RUN CRT JOG HIT", "BLT": "CHI JNS LOA DRB",
}  # fmt: skip


def are_said(styles: Sequence[Style]) -> bool:
    """Whether nothing is missing beside ``styles``."""
    asked = ProductRecommendation.objects.filter(primary__code__in=[style.key for style in styles])
    there = set(asked.values_list("primary__code", "recommendation__code"))
    return there.issuperset((first, second) for first, second, _ in _pairs(styles))


def say(styles: Sequence[Style]) -> None:
    """Recommend beside each of ``styles`` what is worn with it, in a colour that goes round."""
    keys = Product.objects.filter(code__in=[style.key for style in styles]).values_list("code", "pk")
    products = dict(keys)
    ProductRecommendation.objects.bulk_create(
        (
            ProductRecommendation(primary_id=products[first], recommendation_id=products[second], ranking=ranking)
            for first, second, ranking in _pairs(styles)
        ),
        ignore_conflicts=True,
    )
    catalogue_changed()  # past Oscar's signals


def _pairs(styles: Sequence[Style]) -> Iterator[tuple[str, str, int]]:
    """Keys of a style and of what is worn with it, and how warmly that is recommended."""
    colours: dict[str, list[Style]] = {}
    for style in sorted(styles, key=lambda style: style.number):
        colours.setdefault(style.code, []).append(style)
    for same in colours.values():
        for turn, style in enumerate(same):
            worn = [code for code in WORN_WITH.get(style.code, "").split() if code in colours]
            for place, code in enumerate(worn):
                yield style.key, colours[code][turn % len(colours[code])].key, len(worn) - place
