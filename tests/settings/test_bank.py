"""Without a key of Stripe's the demo pays with test money, at a bank of its own."""

import os
import subprocess

import pytest
import requests

from settings.demonstration import bank as banks
from settings.demonstration.bank import bank_for
from settings.demonstration.crew import assemble
from settings.environment import ROOT


@pytest.fixture(autouse=True)
def no_key(settings):
    settings.LINTAS_STRIPE_SECRET_KEY = ""


def test_with_a_key_there_is_no_such_bank(settings, tmp_path):
    settings.LINTAS_STRIPE_SECRET_KEY = "sk_live_ours"
    assert bank_for(shop=8000, data=tmp_path) is None


def test_everybody_in_the_crew_knows_where_it_is_and_one_of_them_is_it(tmp_path):
    bank = bank_for(shop=8000, data=tmp_path)
    crew = assemble(port=8000, data=tmp_path, keeps_open=[], bank=bank)
    assert [member.name for member in crew.members] == ["bank", "web", "worker", "beat"]
    for member in crew.members:
        assert member.environ["STRIPE_API_BASE"] == bank.address
        assert member.environ["STRIPE_SECRET_KEY"].startswith("sk_test_")
    again = bank_for(shop=8000, data=tmp_path)
    assert (again.key, again.signed_with) == (bank.key, bank.signed_with)


def test_a_crew_with_a_key_has_no_bank(tmp_path):
    crew = assemble(port=8000, data=tmp_path, keeps_open=[])
    assert "bank" not in [member.name for member in crew.members]


def test_it_opens_to_who_has_its_key(tmp_path, monkeypatch):
    monkeypatch.setattr(banks, "PORT", 8450)
    bank = bank_for(shop=8000, data=tmp_path)
    process = subprocess.Popen(
        bank.command(tmp_path), cwd=ROOT, env={**os.environ, **bank.environ}, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == f"TEST MONEY READY {bank.address}\n"
        address = f"{bank.address}/v1/payment_intents/pi_none"
        assert requests.get(address, timeout=10).status_code == 401
        opened = requests.get(address, headers={"Authorization": f"Bearer {bank.key}"}, timeout=10)
        assert opened.status_code == 404
    finally:
        process.terminate()
        process.communicate(timeout=10)
