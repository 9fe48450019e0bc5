from shop.accounts.models import User
from shop.content.models import HomePage

__all__ = ["HomePage", "User"]
