"""The labels' pages, seen by who may and by who may not."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kiosk.labels import make
from kiosk.labels.models import PrintedLabel, PrintRun
from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.oscar.models import Category, StockRecord
from settings.bench.goods import make_products, open_shops, stock
from tests.instore.places import make_store, put
from tests.instore.tablets import read
from tests.kiosk.labels.paper import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]

QUEUES = "/dashboard/lintas/labels/"
CHANGED = {"source": "changed", "paper": "a4-3x7", "language": "en"}


@pytest.fixture
def desk(client, manager):
    client.force_login(manager)
    return client


def queue_of(store):
    return f"{QUEUES}{store.pk}/"


def printed(client, store, **chosen):
    """Ask for labels and let a worker make them; the run's page."""
    answer = client.post(queue_of(store), {**CHANGED, **chosen})
    assert answer.status_code == 302, answer.content.decode()
    make.make_waiting()
    return answer.url


def test_a_manager_prints_what_changed_and_says_that_it_hangs_there(desk, store, shelve):
    shelve("TEE-M", title="Linen shirt")
    assert "Menteng" in read(desk.get(QUEUES))
    page = read(desk.get(queue_of(store)))
    for word in ("Linen shirt", "Never printed", "1 label"):
        assert word in page
    asked = desk.post(queue_of(store), CHANGED)
    waiting = desk.get(asked.url)
    assert "being made" in read(waiting)
    assert waiting.headers["Refresh"]
    assert desk.get(f"{asked.url}labels.pdf").status_code == 404
    assert desk.post(asked.url, follow=True).redirect_chain  # too early: nothing hangs there
    assert not PrintedLabel.objects.exists()
    make.make_waiting()
    ready = desk.get(asked.url)
    assert "They are on the shelves" in read(ready)
    assert "Refresh" not in ready.headers
    pdf = desk.get(f"{asked.url}labels.pdf")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "attachment" in pdf.headers["Content-Disposition"]
    assert "labels-menteng-" in pdf.headers["Content-Disposition"]
    assert "Linen shirt" in words(pdf.content)
    assert "Linen shirt" in read(desk.get(queue_of(store)))  # a download is no shelf
    assert "no longer in the queue" in read(desk.post(asked.url, follow=True))
    assert "so already" in read(desk.post(asked.url, follow=True))
    assert "tells the truth" in read(desk.get(queue_of(store)))
    assert desk.get(f"{asked.url}labels.pdf").status_code == 200  # print it again, whenever
    StockRecord.objects.update(price=Decimal(129000))
    assert "the label says Rp149,000" in read(desk.get(queue_of(store)))


def test_any_goods_are_printed_from_a_category_a_list_and_a_file(desk, store, shelve):
    tee, _cap = shelve("TEE-M"), shelve("CAP", gtin="")
    men = Category.add_root(name="Men")
    men.product_set.add(tee.parent)
    rebuild_entries()
    chosen = [
        ({"source": "category", "category": men.pk}, ["TEE-M"]),
        ({"source": "numbers", "numbers": "CAP\nnobody"}, ["CAP"]),
        ({"source": "file", "file": SimpleUploadedFile("list.csv", b"sku;x\nCAP;1\nTEE-M;2\n")}, ["CAP", "TEE-M"]),
        ({"source": "all", "paper": "shelf-70x38", "language": "id"}, ["CAP", "TEE-M"]),
    ]
    for choice, skus in chosen:
        page = read(desk.get(printed(desk, store, **choice)))
        run = PrintRun.objects.latest("pk")
        assert sorted(said["sku"] for said in run.labels) == skus
        if "CAP" in skus:
            assert "has no code" in page
    assert (run.paper, run.language) == ("shelf-70x38", "id")
    assert "nobody" in read(desk.get(f"{QUEUES}runs/{PrintRun.objects.order_by('pk')[1].pk}/"))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"source": "category"}, "required"),
        ({"source": "numbers", "numbers": ""}, "required"),
        ({"source": "numbers", "numbers": "nobody"}, "Not known here: nobody"),
        ({"source": "numbers", "numbers": "NO-PRICE"}, "Without a price: NO-PRICE"),
        ({"source": "file", "file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04\x00\x00\x81")}, "no list"),
        ({"source": "file", "file": SimpleUploadedFile("x.csv", b"")}, "empty"),
        ({"source": "everything"}, "not one of the available"),
        ({"paper": "a3"}, "not one of the available"),
        ({"language": "tlh"}, "not one of the available"),
        ({}, "nothing to print"),
    ],
)
def test_what_cannot_be_printed_is_said(desk, store, shelve, chosen, said):
    shelve("NO-PRICE", price=None)
    assert said in read(desk.post(queue_of(store), {**CHANGED, **chosen}), 422)
    assert not PrintRun.objects.exists()


def test_a_hostile_name_is_only_a_name(desk, store, shelve):
    shelve("TEE-M", title="<script>alert(1)</script>", colour="<b>")
    page = desk.get(queue_of(store)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_a_server_lacks_for_paper_is_said_in_words(desk, store, shelve):
    shelve("TEE-M")
    run = desk.post(queue_of(store), CHANGED).url
    PrintRun.objects.update(failure="no-paper")
    page = read(desk.get(run))
    assert "apt-get install libpango-1.0-0" in page
    assert "still in the queue" in page


def test_pdfs_of_last_week_are_gone_and_the_page_says_so(desk, store, shelve):
    shelve("TEE-M")
    run = printed(desk, store)
    PrintRun.objects.update(pdf=None)
    assert "kept for a week" in read(desk.get(run))
    assert desk.get(f"{run}labels.pdf").status_code == 404


def test_a_partners_people_see_and_print_their_own_store_only(client, rosa, desk, store, shelve):
    tee = shelve("TEE-M")
    dago = make_store("dago")
    put(tee, dago.partner, 1, sku="TEE-M")
    theirs = printed(desk, dago)
    mine = printed(desk, store)
    client.force_login(rosa)
    page = read(client.get(QUEUES))
    assert "Menteng" in page
    assert "Dago" not in page
    assert "Shelf labels" in client.get("/dashboard/").content.decode()
    assert client.get(queue_of(store)).status_code == 200
    assert client.get(mine).status_code == 200
    for method, address in [
        (client.get, queue_of(dago)), (client.post, queue_of(dago)), (client.get, theirs), (client.post, theirs),
        (client.get, f"{theirs}labels.pdf"),
    ]:  # fmt: skip
        assert method(address).status_code == 404
    assert not PrintRun.objects.filter(confirmed_at__isnull=False).exists()


def test_nobody_else_comes_in(client, django_user_model, store, shelve, desk):
    shelve("TEE-M")
    run = printed(desk, store)
    addresses = (QUEUES, queue_of(store), run, f"{run}labels.pdf")
    client.logout()
    for address in addresses:
        assert client.get(address).status_code == 302
        assert client.post(address).status_code in (302, 405)
    client.force_login(django_user_model.objects.create_user(email="ayu@lintas.example", password="x"))
    for address in addresses:
        assert client.get(address).status_code == 403
    assert not PrintedLabel.objects.exists()


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_pages_speak_both_languages(desk, store, shelve, language):
    shelve("TEE-M")
    run = printed(desk, store)
    for address in (QUEUES, queue_of(store), run):
        answer = desk.get(address, headers={"accept-language": language})
        assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("many", [1, 50])
def test_the_pages_take_as_many_questions_however_much_there_is(desk, many, django_assert_max_num_queries):
    shops = open_shops(min(many, 19))
    stock(shops, make_products(many), 2)
    desk.get(QUEUES)
    with django_assert_max_num_queries(10):
        assert desk.get(QUEUES).status_code == 200
    page = f"{QUEUES}{shops[0]}/"
    with django_assert_max_num_queries(14):
        assert desk.get(page).status_code == 200
    run = desk.post(page, CHANGED).url
    make.make_waiting()
    with django_assert_max_num_queries(10):
        assert desk.get(run).status_code == 200
