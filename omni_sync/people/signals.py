from django.dispatch import Signal

#: Sent inside the transaction that noted them, with ``consent_ids`` (a list of Consent ids) and ``store_id`` (the store
#: where they were told, or None). Receivers write rows only.
consent_noted = Signal()
