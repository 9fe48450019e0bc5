"""A payment provider with test money, that speaks as much of Stripe's API as we use.

``python -m omni_sync.payments.stub --port 8420`` is a process of its own, over real HTTP. It knows nothing of Django
and shares no code with our adapter.
"""
