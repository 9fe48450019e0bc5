from wagtail import hooks
from wagtail.snippets.models import register_snippet

from shop.content.choosers import category_chooser, product_chooser
from shop.content.messages.snippets import Messages, register_policies

register_policies()
register_snippet(Messages)


@hooks.register("register_admin_viewset")
def choosers() -> list[object]:
    """Where an editor chooses products and categories."""
    return [product_chooser, category_chooser]
