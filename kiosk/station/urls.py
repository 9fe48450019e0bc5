"""One address in every language; an enrolled kiosk alone sees anything there."""

from django.urls import path, re_path

from kiosk.station import (
    article,
    asking,
    giving,
    letter,
    listing,
    phone,
    receiving,
    reserving,
    scanning,
    search,
    shell,
    views,
)

app_name = "kiosk"
urlpatterns = [
    path("", views.attract, name="attract"),
    path("begin/", views.begin, name="begin"),
    path("start/", views.start, name="start"),
    path("search/", search.search, name="search"),
    re_path(r"^product/(?P<number>[0-9]{1,9}|[0-9]{14})/$", article.product, name="product"),
    re_path(r"^product/(?P<number>[0-9]{1,9})/list/$", article.put_on_list, name="put-on-list"),
    path("list/", listing.show, name="list"),
    path("list/<int:pk>/", listing.change, name="list-line"),
    path("list/phone/", giving.give, name="give"),
    path("list/given/", giving.given, name="given"),
    path("list/letter/", letter.letter, name="letter"),
    path("ask/", asking.ask, name="ask"),
    path("asked/", asking.asked, name="asked"),
    path("asked/cancel/", asking.cancel, name="ask-cancel"),
    path("reserve/<int:pk>/<str:code>/", reserving.reserve, name="reserve"),
    path("scan/", scanning.scan, name="scan"),
    path("frame/", scanning.frame, name="frame"),
    path("receive/", receiving.receive, name="receive"),
    path("done/", views.done, name="done"),
    path("touched/", views.touched, name="touched"),
    path("alive/", views.alive, name="alive"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("sw.js", shell.worker, name="worker"),
    path("offline/", shell.offline, name="offline"),
]

#: A kiosk's list on a phone: under ``h/k/``, for whoever has the code.
on_phones = (
    [path("", phone.look, name="look"), path("<str:token>/", phone.open_link, name="open")],
    "kiosk-list",
)
