from django.template import Context, Template

from omni_sync.live.token import read

TEXT = '{% load live %}<p data-live="{% live_token topics %}"></p>'


def test_a_part_of_a_page_carries_its_token():
    html = Template(TEXT).render(Context({"topics": ["stock-1", "stock-2"]}))
    token = html.removeprefix('<p data-live="').removesuffix('"></p>')
    assert read(token).topics == {"stock-1", "stock-2"}


def test_where_nothing_is_published_nobody_is_sent_to_listen(settings):
    settings.LINTAS_LIVE_URL, settings.REDIS_URL = None, None
    assert Template(TEXT).render(Context({"topics": ["stock-1"]})) == '<p data-live=""></p>'
