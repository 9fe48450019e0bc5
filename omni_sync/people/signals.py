from django.dispatch import Signal

#: Sent inside the transaction that noted them, with ``consent_ids`` (a list of Consent ids) and ``store_id`` (the store
#: where they were told, or None). Receivers write rows only.
consent_noted = Signal()

#: Sent inside the transaction that joined them, with ``person_ids``: the rows whose root is another now. Their sets are
#: large where many are resolved at once. Receivers write rows only.
persons_merged = Signal()

#: The same for rows that were parted from others.
persons_parted = Signal()
