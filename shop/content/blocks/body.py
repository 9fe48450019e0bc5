"""All blocks together, as an editor chooses from them; how they are shown is in ``show``."""

from wagtail.blocks import StreamBlock

from shop.content.blocks import faq, hero, notes, products, stores, tables, writing


class BodyBlock(StreamBlock):
    """What a page is made of."""

    hero = hero.HeroBlock()
    chosen = products.ChosenProductsBlock()
    category = products.CategoryProductsBlock()
    trend = products.TrendingProductsBlock()
    shop_picker = stores.ShopPickerBlock()
    text = writing.text_block()
    text_and_picture = writing.TextAndPictureBlock()
    table = tables.table_block()
    faq = faq.FaqBlock()
    note = notes.NoteBlock()
