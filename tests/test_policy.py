"""The policy holds the protocol's numbers; a bad edit is refused in one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.packet import Deal
from assistant.protocol import PolicyError, load_policy


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "ours.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_the_default_policy_has_the_numbers_of_the_protocol() -> None:
    policy = load_policy()
    assert (policy.clocks.meeting_held_hours, policy.clocks.kickoff_held_days) == (48, 10)
    assert (policy.meeting.minutes, policy.meeting.minimum_minutes, policy.meeting.strategic_minutes) == (
        45,
        30,
        60,
    )
    assert sum(policy.meeting.agenda.model_dump().values()) == 50
    assert (policy.payment.standard_days, policy.freshness.days) == (30, 7)
    assert sum(policy.score.documentation.model_dump().values()) == 50


def test_the_default_policy_is_the_same_object_each_time() -> None:
    assert load_policy() is load_policy()


def test_a_company_writes_only_the_lines_that_differ(tmp_path: Path) -> None:
    policy = load_policy(written(tmp_path, "[payment]\nstandard_days = 45\n"))
    assert policy.payment.standard_days == 45
    assert policy.freshness == load_policy().freshness


def test_a_list_replaces_the_default_list(tmp_path: Path) -> None:
    policy = load_policy(written(tmp_path, '[strategic]\nsegments = ["key_accounts"]\n'))
    assert policy.strategic.segments == ("key_accounts",)
    assert policy.strategic.contract_value == load_policy().strategic.contract_value


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load_policy(written(tmp_path, b"\xef\xbb\xbf[freshness]\ndays = 3\n")).freshness.days == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[payment]\nstandart_days = 45", "payment.standart_days: is no key of the policy"),
        ("[payments]\nstandard_days = 45", "payments: is no key of the policy"),
        ('[payment]\nstandard_days = "45"', "payment.standard_days: input should be a valid integer"),
        ("[payment]\nstandard_days = true", "payment.standard_days: input should be a valid integer"),
        ("[payment]\nstandard_days = 30.5", "payment.standard_days: input should be a valid integer"),
        ("[freshness]\ndays = -1", "freshness.days: input should be greater than or equal to 0"),
        ("[meeting]\nminutes = 0", "meeting.minutes: input should be greater than 0"),
        ("[meeting]\nagenda = 45", "meeting.agenda is a section"),
        (
            "[score.documentation]\nsummary_complete = 20",
            "score: the weights make 105 points, they must make 100",
        ),
        ("[score.bands]\ngood = 95", "score.bands: excellent, good, acceptable must descend"),
        ('[promises]\nneeds_date = ["timelines"]', "promises.needs_date.0: input should be 'timeline'"),
        ('[rules.severity]\nno-contract = "huge"', "rules.severity.no-contract: input should be 'blocker'"),
        ("[payment\nstandard_days = 45", "is not valid TOML"),
        (b"[payment]\n# \xff\xfe", "is not UTF-8 text"),
    ],
)
def test_a_bad_edit_is_refused_in_one_line_that_names_the_key(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    with pytest.raises(PolicyError) as error:
        load_policy(written(tmp_path, text))
    assert said in str(error.value)
    assert "ours.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_policy_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"Cannot read the policy 'gone\.toml': No such file"):
        load_policy(tmp_path / "gone.toml")


@pytest.mark.parametrize(
    ("deal", "strategic"),
    [
        (Deal(), False),
        (Deal(value=249_999), False),
        (Deal(value=250_000), True),
        (Deal(segment="strategic"), True),
        (Deal(segment="smb", value=10), False),
    ],
)
def test_a_deal_is_strategic_by_value_or_by_segment(deal: Deal, strategic: bool) -> None:
    assert load_policy().is_strategic(deal) is strategic
