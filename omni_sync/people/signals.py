from django.dispatch import Signal

#: Sent inside the transaction that noted them, with ``consent_ids`` (a list of Consent ids) and ``store_id`` (the store
#: where they were told, or None). Receivers write rows only.
consent_noted = Signal()

#: Sent inside the transaction that joined them, with ``person_ids``: the rows whose root is another now. Their sets are
#: large where many are resolved at once. Receivers write rows only.
persons_merged = Signal()

#: The same for rows that were parted from others.
persons_parted = Signal()

#: Sent inside the transaction that forgets a human, with ``person_ids`` and ``user_ids`` (lists: all rows of the human
#: and their accounts), ``values`` (a list of addresses and numbers that were proved to be theirs, as they were written
#: and in normal form) and ``words`` (a list of these and of all that is told of them: names, and addresses that nobody
#: proved). Other rows are theirs by a value, never by a word: anybody may say that a stranger's address is their own.
#: Words are struck out of rows that are theirs anyway. Receivers forget what their capability holds of them; they write
#: rows only. What is theirs is tied to the persons and accounts until then: these go last.
person_erased = Signal()

#: Sent when a human asks for what is held of them, with ``person_ids``, ``user_ids`` and ``add``, which takes the name
#: of a kind ("orders") and its rows (an iterable of mappings of plain values); said again for a kind, it adds to it.
#: Receivers read only.
person_exported = Signal()

#: Sent when somebody asks which sizes a human wears, with ``person_ids`` and ``user_ids`` (lists: all rows of the human
#: and their accounts) and ``add``, which takes an iterable of ``wearing.Evidence``. Receivers read only.
sizes_asked = Signal()

#: Sent before a human is forgotten, inside that transaction, with ``person_ids``, ``user_ids``, ``values`` and ``add``,
#: which takes the number of an order that is not over: nobody is forgotten while we owe them something. Receivers read
#: only.
open_orders_asked = Signal()
