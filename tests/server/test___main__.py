"""The command line."""

from click.testing import CliRunner

from server.__main__ import main
from server.settings import SETTINGS, table


def test_help_names_every_setting_with_its_variable() -> None:
    text = " ".join(CliRunner().invoke(main, ["serve", "--help"]).output.split())
    for row in SETTINGS:
        assert row.flag in text
        assert row.variable in text.replace(" ", "")


def test_settings_prints_the_table_of_the_readme() -> None:
    assert CliRunner().invoke(main, ["settings"]).output == table()


def test_a_wrong_flag_is_code_2() -> None:
    for words in (["serve", "--port", "eighty"], ["serve", "--no-such-flag"], ["dance"]):
        assert CliRunner().invoke(main, words).exit_code == 2
