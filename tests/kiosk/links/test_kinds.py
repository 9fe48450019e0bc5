"""Links of a kind, and all links."""

import json

import pytest

from tests.instore.places import make_product
from tests.kiosk.links.answers import BROWSER, LINKSET, PAGE, is_refused, leads_to
from tests.kiosk.links.conftest import GTIN

pytestmark = pytest.mark.django_db


def test_a_kind_of_link_leads_there(client, rice, say):
    say("pip", "https://brand.example/p/")
    say("instructions", "https://brand.example/how.pdf", media_type="application/pdf")
    leads_to(client.get(f"/01/{GTIN}"), PAGE)
    leads_to(client.get(f"/01/{GTIN}?linkType=gs1:pip"), "https://brand.example/p/?linkType=gs1:pip")
    for kind in ("gs1:instructions", "instructions", "https://ref.gs1.org/voc/instructions"):
        assert client.get(f"/01/{GTIN}?linktype={kind}")["Location"].startswith("https://brand.example/how.pdf?")


def test_an_address_with_letters_of_other_alphabets_leads_there(client, rice, say):
    say("recipeInfo", "https://brand.example/résumé/東京?q=ñ%20a#ü")
    there = "https://brand.example/r%C3%A9sum%C3%A9/%E6%9D%B1%E4%BA%AC?q=%C3%B1%20a"
    answer = client.get(f"/01/{GTIN}?linkType=gs1:recipeInfo")
    leads_to(answer, f"{there}&linkType=gs1:recipeInfo#%C3%BC")
    said = json.loads(client.get(f"/01/{GTIN}?linkType=linkset").content)["linkset"][0]
    assert said["https://ref.gs1.org/voc/recipeInfo"][0]["href"] == f"{there}#%C3%BC"


def test_without_words_of_a_merchant_the_page_is_the_product_information(client, rice):
    leads_to(client.get(f"/01/{GTIN}?linkType=gs1:pip"), f"{PAGE}?linkType=gs1:pip")
    leads_to(client.get(f"/01/{GTIN}?linkType=gs1:defaultLink"), f"{PAGE}?linkType=gs1:defaultLink")


@pytest.mark.parametrize("kind", ["gs1:nosuchlt", "gs1:safetyInfo", "%00", "a" * 2000])
def test_a_kind_that_is_not_there_is_not_found(client, rice, kind):
    is_refused(client.get(f"/01/{GTIN}?linkType={kind}"), 404)


def test_all_links_are_a_linkset(client, rice, say):
    say("pip", "https://brand.example/en/", title="About </script>", hreflang="en")
    say("pip", "/in-house/", hreflang="id")
    for answer in (
        client.get(f"/01/{GTIN}?linkType=linkset"),
        client.get(f"/01/{GTIN}?linkType=all"),
        client.get(f"/01/{GTIN}/10/L1", HTTP_ACCEPT=LINKSET),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (200, LINKSET)
        assert answer["Link"] == (
            "<https://ref.gs1.org/standards/resolver/linkset-context>; "
            'rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
        )
        assert b"</script>" not in answer.content
    assert json.loads(client.get(f"/01/{GTIN}?linkType=linkset").content) == {
        "linkset": [
            {
                "anchor": f"https://shop.example/01/{GTIN}",
                "itemDescription": "Risotto rice",
                "https://ref.gs1.org/voc/defaultLink": [
                    {"href": f"https://shop.example{PAGE}", "title": "Product information"}
                ],
                "https://ref.gs1.org/voc/pip": [
                    {
                        "href": "https://brand.example/en/",
                        "title": "About </script>",
                        "type": "text/html",
                        "hreflang": ["en"],
                    },
                    {
                        "href": "https://shop.example/in-house/",
                        "title": "Read",
                        "type": "text/html",
                        "hreflang": ["id"],
                    },
                    {"href": f"https://shop.example{PAGE}", "title": "Product information", "type": "text/html"},
                ],
            }
        ]
    }


def test_the_linkset_comes_in_the_form_that_is_asked_for(client, rice):
    assert client.get(f"/01/{GTIN}", HTTP_ACCEPT="application/json")["Content-Type"] == "application/json"
    page = client.get(f"/01/{GTIN}?linkType=linkset", HTTP_ACCEPT=BROWSER)
    assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b'<script type="application/ld+json">{"linkset"' in page.content
    leads_to(client.get(f"/01/{GTIN}", HTTP_ACCEPT=BROWSER), PAGE)
    leads_to(client.get(f"/01/{GTIN}", HTTP_ACCEPT="image/png"), PAGE)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ('application/linkset+json; profile="https://ref.gs1.org/standards/resolver"', LINKSET),
        ('application/linkset+json;profile="x", */*;q=0.1', LINKSET),
        ("application/json; charset=utf-8", "application/json"),
        ("application/json;q=0.3, application/linkset+json;q=0.4", LINKSET),
        ("application/*", LINKSET),
        ("text/html;q=0.1, */*", LINKSET),
        ("text/html;level=1, application/json;q=0.9", None),
        ("application/linkset+json;q=0.8, text/html;q=0.9", None),
        ("application/linkset+json;q=0", None),
        ("", None),
        (",;/", None),
    ],
)
def test_who_asks_for_a_linkset_whatever_they_say_of_it_gets_it(client, rice, accept, kind):
    answer = client.get(f"/01/{GTIN}", HTTP_ACCEPT=accept)
    assert (answer.status_code, kind and answer["Content-Type"]) == (200 if kind else 307, kind)


def test_the_default_of_a_merchant_is_the_one_default(client, rice, say):
    say("promotion", "https://brand.example/new/", is_default=True)
    say("promotion", "https://brand.example/baru/", is_default=True, hreflang="id")
    said = json.loads(client.get(f"/01/{GTIN}?linkType=linkset").content)["linkset"][0]
    voc = "https://ref.gs1.org/voc/"
    assert said[f"{voc}defaultLink"] == [{"href": "https://brand.example/new/", "title": "Read"}]
    assert [one["href"] for one in said[f"{voc}defaultLinkMulti"]][:2] == [
        "https://brand.example/new/",
        "https://brand.example/baru/",
    ]
    assert {"https://brand.example/new/", "https://brand.example/baru/"} == {
        one["href"] for one in said[f"{voc}promotion"]
    }
    leads_to(client.get(f"/01/{GTIN}", HTTP_ACCEPT_LANGUAGE="id-ID,en;q=0.5"), "https://brand.example/baru/")
    leads_to(client.get(f"/01/{GTIN}", HTTP_ACCEPT_LANGUAGE="fr"), "https://brand.example/new/")


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        ("en", "en"),
        ("vi", "vi"),
        ("en-GB,en;q=0.9,en-US;q=0.8", "en-GB"),
        ("en-US,en;q=0.9,en-GB;q=0.8", "en-US"),
        ("pt-BR", "pt"),
        ("fr;q=0.2, vi;q=0.9", "vi"),
        ("zh-Hant-TW, vi-VN;q=0.1", "vi"),
    ],
)
def test_the_language_is_looked_up(client, rice, say, wanted, spoken):
    for language in ("en", "en-GB", "en-US", "pt", "vi"):
        say("registerProduct", f"https://brand.example/{language}", hreflang=language)
    answer = client.get(f"/01/{GTIN}?linktype=gs1:registerProduct", HTTP_ACCEPT_LANGUAGE=wanted)
    leads_to(answer, f"https://brand.example/{spoken}?linktype=gs1:registerProduct")


def test_where_no_language_fits_the_default_answers(client, rice, say):
    say("registerProduct", "https://brand.example/vi", hreflang="vi")
    for wanted in ("fr", "", "*", "q=;,;;é"):
        answer = client.get(f"/01/{GTIN}?linkType=gs1:registerProduct", HTTP_ACCEPT_LANGUAGE=wanted)
        leads_to(answer, f"{PAGE}?linkType=gs1:registerProduct")


def test_several_that_nothing_tells_apart_are_a_choice(client, rice, say):
    for number in "123":
        say("certificationInfo", f"https://brand.example/{number}")
    answer = client.get(f"/01/{GTIN}?linkType=gs1:certificationInfo")
    assert (answer.status_code, answer["Content-Type"]) == (300, LINKSET)
    [said] = json.loads(answer.content)["linkset"]
    assert [one["href"][-1] for one in said["https://ref.gs1.org/voc/certificationInfo"]] == ["1", "2", "3"]
    page = client.get(f"/01/{GTIN}?linkType=gs1:certificationInfo", HTTP_ACCEPT=BROWSER)
    assert (page.status_code, page["Content-Type"]) == (300, "text/html; charset=utf-8")


def test_what_is_said_of_a_size_goes_before_what_is_said_of_its_style(client, rice, say):
    style = make_product("Tee", structure="parent")
    size = make_product("", gtin="09521234500018", parent=style)
    say("support", "https://brand.example/style", of=style)
    leads_to(client.get("/01/09521234500018?linkType=gs1:support"), "https://brand.example/style?linkType=gs1:support")
    say("support", "https://brand.example/size", of=size)
    leads_to(client.get("/01/09521234500018?linkType=gs1:support"), "https://brand.example/size?linkType=gs1:support")


def test_a_named_kind_of_medium_counts(client, rice, say):
    say("instructions", "https://brand.example/a.pdf", media_type="application/pdf")
    say("instructions", "https://brand.example/a.html")
    ask = f"/01/{GTIN}?linkType=gs1:instructions"
    assert client.get(ask, HTTP_ACCEPT="application/pdf")["Location"].startswith("https://brand.example/a.pdf")
    assert client.get(ask, HTTP_ACCEPT=BROWSER)["Location"].startswith("https://brand.example/a.html")


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("application/pdf;q=0.9, text/html;q=0.8", "pdf"),
        ("text/html;q=0.2, application/pdf;q=0.3;version=2", "pdf"),
        ("text/html, application/pdf;q=0.1", "html"),
        ("application/pdf;q=0, text/html;q=0.1", "html"),
    ],
)
def test_the_kind_of_medium_that_is_wanted_more_counts(client, rice, say, accept, ending):
    say("instructions", "https://brand.example/a.pdf", media_type="application/pdf")
    say("instructions", "https://brand.example/a.html")
    answer = client.get(f"/01/{GTIN}?linkType=gs1:instructions", HTTP_ACCEPT=accept)
    leads_to(answer, f"https://brand.example/a.{ending}?linkType=gs1:instructions")


def test_a_default_holds_whatever_medium_it_is(client, rice, say):
    say("eifu", "https://brand.example/a.pdf", media_type="application/pdf", is_default=True)
    leads_to(client.get(f"/01/{GTIN}", HTTP_ACCEPT=BROWSER), "https://brand.example/a.pdf")


def test_of_the_defaults_of_a_size_and_its_style_the_one_that_a_scan_follows_is_said(client, rice, say):
    style = make_product("Rice", structure="parent")
    bag = make_product("", parent=style, gtin="96385074")
    say("homepage", "https://brand.example/style/", of=style, is_default=True)
    say("pip", "https://brand.example/bag/", of=bag, is_default=True)
    said = json.loads(client.get("/01/96385074?linkType=linkset").content)["linkset"][0]
    assert said["https://ref.gs1.org/voc/defaultLink"][0]["href"] == "https://brand.example/bag/"
    leads_to(client.get("/01/96385074"), "https://brand.example/bag/")
