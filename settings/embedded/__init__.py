"""PostgreSQL and Valkey from their wheels, in a private folder: no root, no Docker, no system service.

Whoever calls ``attach.attach`` shares the folder's engines and keeps them alive for as long as its process, or a child
that inherited the lock, lives. A keeper process owns the engines, restarts one that crashes, and stops them after the
last user is gone, however it went: the users hold a shared lock that the kernel releases.
"""
