"""What is said to people: written in the transaction that has the news, sent after it, each at most once.

Letters of service (``say``) go out until they are taken. What nobody asked for is a follow-up (``journeys``): planned
when something happened, decided when its time has come, and never sent twice, not even in doubt.
"""
