from wagtail import hooks

from shop.content.choosers import category_chooser, product_chooser


@hooks.register("register_admin_viewset")
def choosers() -> list[object]:
    """Where an editor chooses products and categories."""
    return [product_chooser, category_chooser]
