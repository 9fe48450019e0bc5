"""The link types of the GS1 Web Vocabulary that a shop has a use for; the list is GS1's, the words are theirs."""

from __future__ import annotations

import re
from typing import Final

VOCABULARY: Final = "https://ref.gs1.org/voc/"
DEFAULT: Final = "defaultLink"
DEFAULT_MULTI: Final = "defaultLinkMulti"
PRODUCT: Final = "pip"
LOCATION: Final = "locationInfo"
LINKSET: Final = "linkset"
ALL: Final = "all"  # what a linkset was called before
_SAID: Final = re.compile(r"(?:gs1:|https?://(?:ref\.|www\.)?gs1\.org/voc/)?(?P<name>[A-Za-z]+)", re.ASCII)

#: What a merchant may link to, by the name in the vocabulary (WebVoc 1.16); deprecated ones are left out.
KNOWN: Final = (
    "pip", "allergenInfo", "appDownload", "brandHomepageClinical", "brandHomepagePatient",
    "certificationInfo", "dpp",
    "eifu", "epcis", "epil", "eventsInfo", "faqs", "handledBy", "hasRetailers", "homepage", "ingredientsInfo",
    "instructions", "jws", "leaveReview", "locationInfo", "logisticsInfo", "loyaltyProgram", "masterData", "menuInfo",
    "nutritionalInfo", "openingHoursInfo", "paymentLink", "promotion", "purchaseSuppliesOrAccessories",
    "quickStartGuide", "recallStatus", "recipeInfo", "registerProduct", "registryEntry", "relatedImage", "relatedVideo",
    "reportFound", "review", "safetyInfo", "scheduleTime", "serviceInfo", "smartLabel", "smpc", "socialMedia",
    "subscribe", "support", "sustainabilityInfo", "traceability", "tutorial", "userAgreement", "verificationService",
    "whatsInTheBox",
)  # fmt: skip


def named(said: str) -> str:
    """The name in the vocabulary of ``gs1:pip``, ``https://ref.gs1.org/voc/pip`` or ``pip``; else what was said."""
    found = _SAID.fullmatch(said.strip())
    return found["name"] if found else said
