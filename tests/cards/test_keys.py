"""Keys are made once, rolled over without losing the old ones, and readable by their owner only."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import cbor2
import pytest
from django.core.management import CommandError, call_command

from cards import keys
from cards.tokens import Outcome, read, sign

SERIAL, DAY = "11-0000123-34", date(2031, 1, 15)
ROOT = Path(keys.__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def directory(settings, tmp_path):
    settings.CARD_KEYS_DIR = tmp_path / "keys"
    return settings.CARD_KEYS_DIR


def test_nothing_signs_before_a_key_is_made():
    with pytest.raises(keys.NoSigningKey, match="card_keys ensure"):
        keys.signing_key()
    assert keys.verifying_keys() == {}
    assert keys.key_ids() == []


def test_ensure_makes_one_key_and_no_second():
    assert keys.ensure_key() == keys.ensure_key()
    assert len(keys.key_ids()) == 1


def test_files_are_their_owners_alone(directory):
    keys.ensure_key()
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in directory.iterdir()} == {0o600}


def test_rolled_over_keys_go_on_verifying():
    first = keys.ensure_key()
    before = sign(SERIAL, DAY)
    second = keys.new_key()
    after = sign(SERIAL, DAY)
    assert keys.key_ids() == sorted([(first, False), (second, True)])
    assert keys.signing_key().kid == bytes.fromhex(second)
    assert before != after
    assert {read(before).outcome, read(after).outcome} == {Outcome.AUTHENTIC}


def test_a_key_made_by_another_process_is_seen_at_once(directory):
    keys.ensure_key()
    known = set(keys.verifying_keys())
    script = (
        "import django, sys\n"
        "from django.conf import settings\n"
        "settings.configure(CARD_KEYS_DIR=sys.argv[1])\n"
        "from cards import keys\n"
        "print(keys.new_key())"
    )
    made = subprocess.run(
        [sys.executable, "-c", script, str(directory)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert set(keys.verifying_keys()) - known == {bytes.fromhex(made.stdout.strip())}


def test_a_removed_key_verifies_no_more(directory):
    kid = keys.ensure_key()
    token = sign(SERIAL, DAY)
    keys.new_key()
    (directory / f"{kid}.pem").unlink()
    assert read(token).outcome is Outcome.UNKNOWN_KEY


def test_two_at_once_make_one_key():
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: keys.ensure_key(), range(16)))
    assert len(made) == len(keys.key_ids()) == 1


def test_what_verifies_elsewhere_holds_no_private_key():
    keys.ensure_key()
    keys.new_key()
    published = cbor2.loads(keys.public_key_set())
    assert {key[keys.KID] for key in published} == set(keys.verifying_keys())
    assert [set(key) for key in published] == [{keys.KTY, keys.KID, keys.ALG, keys.CRV, keys.X}] * 2


def test_the_command(capsys):
    call_command("card_keys", "ensure")
    call_command("card_keys", "new")
    call_command("card_keys", "list")
    lines = capsys.readouterr().out.splitlines()
    assert sorted(line.split(" ", 1)[1] for line in lines[2:]) == ["signs and verifies", "verifies"]


class TestRetiring:
    def test_a_retired_key_verifies_its_cards_and_can_sign_no_more(self, directory):
        first = keys.ensure_key()
        token = sign("11-0000123-34", date(2031, 1, 15))
        before = keys.verifying_keys()[bytes.fromhex(first)].to_dict()
        keys.new_key()
        keys.retire_key(first)
        assert read(token).outcome is Outcome.AUTHENTIC
        assert keys.verifying_keys()[bytes.fromhex(first)].to_dict() == before
        assert [file.name for file in directory.glob(f"{first}.*")] == [f"{first}.pub"]
        assert b"PRIVATE" not in (directory / f"{first}.pub").read_bytes()

    def test_the_key_that_signs_and_what_is_none_are_not_retired(self, directory):
        current = keys.ensure_key()
        for kid in (current, "00000000", "", "../x"):
            with pytest.raises(ValueError, match="not an older private key"):
                keys.retire_key(kid)
        assert (directory / f"{current}.pem").exists()

    def test_the_command(self, directory, capsys):
        first = keys.ensure_key()
        with pytest.raises(CommandError):
            call_command("card_keys", "retire", first)
        keys.new_key()
        call_command("card_keys", "retire", first)
        assert f"{first} verifies, and can sign no more" in capsys.readouterr().out
