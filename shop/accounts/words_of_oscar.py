"""What Oscar's own code says to shoppers in their account, named here so that our catalogue has better words for it.

Our catalogues stand before Oscar's; a text that only Oscar's code names would be dropped from ours when texts are
collected.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SAID = (
    _("Email address"),
    _("Email"),
    _("Password"),
    _("Confirm password"),
    _("The entered password is not valid!"),
    _("A user with that email address already exists"),
    _("A user with this email address already exists"),
    _("The two password fields didn't match."),
    _("Order number"),
    _("Order not found"),
    _("Thanks for registering!"),
    _("Profile updated"),
    _("Password updated"),
    _("First name"),
    _("Last name"),
    _("First line of address"),
    _("Second line of address"),
    _("Third line of address"),
    _("City"),
    _("State/County"),
    _("Post/Zip-code"),
    _("Country"),
    _("Phone number"),
    _("Instructions"),
    _("In case we need to call you about your order"),
    _("Tell us anything we should know when delivering your order."),
    _("Addresses in %(country)s require a valid postcode"),
    _("The postcode '%(postcode)s' is not valid for %(country)s"),
    _("This address is already in your address book"),
    _("This is not a valid international phone format."),
    _("This is not a valid local phone format for %s."),
    _("This is not a valid local or international phone format."),
    _("Address '%s' created"),
    _("Address '%s' updated"),
    _("Address '%s' deleted"),
    _("We do not ship to this country"),
    _("An alert has been created"),
    _("A confirmation email has been sent to %s"),
    _("There is already an active stock alert for %s"),
    _("You already have an active alert for this product"),
    _(
        "%s has been sent a confirmation email for another product alert on this site. Please confirm or cancel that "
        "request before signing up for more alerts."
    ),
    _("Quantity"),
    _("Quantities updated."),
    _("'%s' was added to your wish list."),
    _("'%(title)s' was removed from your '%(name)s' wish list"),
    _("'%(title)s' moved to '%(name)s' wishlist"),
    _("Wish list '%(name)s' already containing '%(title)s'"),
    _("Your '%s' wish list has been deleted"),
    _("All available lines from order %(number)s have been added to your basket"),
    _("It is not possible to re-order order %(number)s as none of its lines are available to purchase"),
    _("%(qty)d copies of '%(product)s' have been added to your basket"),
    _("'%s' has been added to your basket"),
    _("'%(product)s' is not available to purchase"),
    _("'%(title)s' is no longer available"),
    _("Invalid form submission"),
    ngettext_lazy("%(count)d notification archived", "%(count)d notifications archived", "count"),
    ngettext_lazy("%(count)d notification deleted", "%(count)d notifications deleted", "count"),
)
