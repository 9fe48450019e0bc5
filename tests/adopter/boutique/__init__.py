from boutique.celery import app as app
