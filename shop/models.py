from shop.accounts.models import User
from shop.content.frame.models import Footer, Header, Notice
from shop.content.models import CampaignPage, ContentPage, HomePage, StoreFront

__all__ = ["CampaignPage", "ContentPage", "Footer", "Header", "HomePage", "Notice", "StoreFront", "User"]
