from shop.accounts.models import User
from shop.content.models import HomePage, StoreFront

__all__ = ["HomePage", "StoreFront", "User"]
