"""One line of JSON per event, from the request that caused it to the last task it led to.

Everything that writes a log in this shop comes out through ``lines``: ours, Django's, Celery's and the web server's.
Each line of a request and of its tasks has its ``request_id``; no line has a token, a query string or a person in it.

Why not django-structlog, which does much the same: it writes whole addresses with their query string, two lines for
each request, exceptions as they are and whatever X-Request-ID it is told, does not answer with it, and hands the whole
context to tasks. We would have had to replace each of its parts.
"""
