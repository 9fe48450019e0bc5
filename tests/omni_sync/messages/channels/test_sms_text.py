"""An SMS is short, in the cheap alphabet, and never loses its link or the way out."""

from hypothesis import given
from hypothesis import strategies as st

from omni_sync.messages.channels.segments import length_of
from omni_sync.messages.channels.twilio.sms import MOST, sms_text
from omni_sync.messages.notes import Note

LINK = "https://shop.example/bag/"
STOP = "https://shop.example/u/" + "t" * 43 + "/"


def test_it_is_title_words_and_link():
    said = sms_text(Note("Ready", "Your order waits in Menteng.", LINK), stop="", replies=True)
    assert said == f"Ready\nYour order waits in Menteng.\n{LINK}"


def test_what_nobody_asked_for_ends_with_the_way_out():
    note = Note("Back", "The bag is back.", LINK)
    assert sms_text(note, stop=STOP, replies=True).endswith("Answer STOP")
    assert sms_text(note, stop=STOP, replies=False).endswith(STOP)


def test_signs_of_typesetters_cost_no_second_message():
    said = sms_text(Note("Back", "\u201cIt\u2019s back\u201d \u2013 2 left\u2026", ""), stop="", replies=True)
    assert said == 'Back\n"It\'s back" - 2 left...'
    assert length_of("x" * 160).segments == 1
    assert length_of("x" * 161).segments == 2
    assert length_of("€" * 81).segments == 2
    assert length_of("ж" * 70).segments == 1
    assert length_of("ж" * 71).segments == 2


@given(st.text(max_size=900), st.text(max_size=60), st.booleans())
def test_it_never_takes_more_messages_than_three(text, title, replies):
    said = sms_text(Note(title, text, LINK), stop=STOP, replies=replies)
    assert length_of(said).segments <= MOST
    assert f"\n{LINK}\n" in said
    assert said.endswith("STOP" if replies else STOP)
