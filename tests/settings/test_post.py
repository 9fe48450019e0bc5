"""Without accounts of one's own the demo's messages go to a stub."""

import os
import subprocess

import pytest
import requests

from settings.demonstration import post as offices
from settings.demonstration.crew import assemble
from settings.demonstration.post import post_office_for
from settings.environment import ROOT


@pytest.fixture(autouse=True)
def no_accounts(settings):
    settings.LINTAS_TWILIO = settings.LINTAS_WHATSAPP = settings.LINTAS_VAPID = {}


def test_with_accounts_there_is_no_such_office(settings, tmp_path):
    settings.LINTAS_TWILIO = settings.LINTAS_WHATSAPP = {"token": "mine"}
    assert post_office_for(shop=8000, data=tmp_path) is None


def test_an_account_of_ones_own_stays(settings, tmp_path):
    settings.LINTAS_TWILIO = {"account_sid": "AC1"}
    names = post_office_for(shop=8000, data=tmp_path).environ
    assert not {name for name in names if name.startswith("TWILIO_")}
    assert "WHATSAPP_TOKEN" in names


def test_everybody_in_the_crew_knows_it_and_its_keys_stay(tmp_path):
    office = post_office_for(shop=8000, data=tmp_path)
    crew = assemble(port=8000, data=tmp_path, keeps_open=[], post=office)
    assert [member.name for member in crew.members] == ["post", "web", "worker", "beat"]
    assert all(member.environ["TWILIO_API_BASE"] == office.address for member in crew.members)
    assert post_office_for(shop=8000, data=tmp_path).environ == office.environ


def test_it_takes_messages_of_who_has_its_keys(tmp_path, monkeypatch):
    monkeypatch.setattr(offices, "PORT", 8460)
    office = post_office_for(shop=1, data=tmp_path)
    process = subprocess.Popen(
        office.command(), cwd=ROOT, env={**os.environ, **office.environ}, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == f"MESSAGES GO NOWHERE {office.address}\n"
        address = f"{office.address}/2010-04-01/Accounts/ACdemo/Messages.json"
        told = {"To": "+62845550001", "From": "+62215550100", "Body": "Hello"}
        assert requests.post(address, data=told, timeout=10).status_code == 401
        opened = requests.post(address, data=told, auth=("ACdemo", office.key), timeout=10)
        assert opened.status_code == 201
    finally:
        process.terminate()
        process.communicate(timeout=10)
