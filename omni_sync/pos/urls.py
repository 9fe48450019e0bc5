"""The pages of the back office, under ``/dashboard/lintas/``."""

from django.urls import path

from omni_sync.messages import dashboard as messages
from omni_sync.people import dashboard as people
from omni_sync.pos.dashboard import connections, deliveries, drift, event, inbox, unmatched
from omni_sync.pos.outbox import dashboard as outbox
from omni_sync.stock.dashboard import goods, ledger, locations, shortfalls

app_name = "lintas"
urlpatterns = [
    path("", inbox.Inbox.as_view(), name="inbox"),
    path("retry/", inbox.Retry.as_view(), name="retry"),
    path("events/told/", event.Told.as_view(), name="told"),
    path("events/<int:pk>/", event.Event.as_view(), name="event"),
    path("deliveries/", deliveries.Deliveries.as_view(), name="deliveries"),
    path("deliveries/<int:pk>/", deliveries.DeliveryPage.as_view(), name="delivery"),
    path("deliveries/<int:pk>/body", deliveries.DeliveryBody.as_view(), name="delivery-body"),
    path("unmatched/", unmatched.Unmatched.as_view(), name="unmatched"),
    path("stock/", goods.Goods.as_view(), name="stock"),
    path("stock/<int:pk>/", ledger.Ledger.as_view(), name="ledger"),
    path("stock/<int:pk>/ledger.csv", ledger.LedgerFile.as_view(), name="ledger-file"),
    path("drift/", drift.Drift.as_view(), name="drift"),
    path("drift/reported/<int:pk>/", drift.Reported.as_view(), name="reported"),
    path("connections/", connections.Connections.as_view(), name="connections"),
    path("connections/new/", connections.Connect.as_view(), name="connect"),
    path("connections/<int:pk>/", connections.ConnectionPage.as_view(), name="connection"),
    path("connections/<int:pk>/outbox/", outbox.Outbox.as_view(), name="outbox"),
    path("shortfalls/", shortfalls.Shortfalls.as_view(), name="shortfalls"),
    path("messages/", messages.Messages.as_view(), name="messages"),
    path("messages/follow-ups/", messages.FollowUps.as_view(), name="follow-ups"),
    path("matches/", people.Matches.as_view(), name="matches"),
    path("matches/<int:pk>/", people.Answer.as_view(), name="match"),
    path("locations/", locations.Locations.as_view(), name="locations"),
    path("locations/<int:pk>/", locations.EditLocation.as_view(), name="location"),
]
