"""Names that people read as the same compare as the same."""

from datetime import timedelta
import unicodedata

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.model import Courier
from custom_components.courier_access.access.names import (
    couriers_by_carrier,
    folded_name,
    homes_alike,
    mixes_scripts,
    one_line,
    spaceless_name,
)

CYRILLIC_VE = "\N{CYRILLIC CAPITAL LETTER VE}"
CYRILLIC_DZE = "\N{CYRILLIC CAPITAL LETTER DZE}"
CYRILLIC_EN = "\N{CYRILLIC SMALL LETTER EN}"
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"

texts = st.text(max_size=12)
latin = st.text("abcdefghijklmnopqrstuvwxyzàéöß", min_size=1, max_size=8)
cyrillic = st.text("бгджилпфцчшщъыэюя", min_size=1, max_size=8)
greek = st.text("γδθλξπσφψω", min_size=1, max_size=8)
gaps = st.sampled_from(" -.,/'+|~\u00a0\u2003\u2010")


@pytest.mark.parametrize(
    "other",
    [
        "swift parcels",
        " Swift  Parcels ",
        "Swift-Parcels.",
        "SwiftParcels",
        "\N{FULLWIDTH LATIN CAPITAL LETTER S}wift Parcels",
        f"{CYRILLIC_DZE}wift Parcels",
        f"Sw{ZERO_WIDTH_SPACE}ift Parcels",
        "Swift\N{HANGUL FILLER}Parcels",
        "Sw\N{VARIATION SELECTOR-16}ift Parcels",
        "Swift+Parcels\N{REGISTERED SIGN}",
        "\N{PACKAGE} Swift|Parcels",
    ],
)
def test_couriers_names_that_look_the_same_fold_to_the_same(other: str) -> None:
    assert folded_name(other) == folded_name("Swift Parcels")


@pytest.mark.parametrize(
    "invisible",
    [
        "\N{COMBINING GRAPHEME JOINER}",
        "\N{HANGUL CHOSEONG FILLER}",
        "\N{HANGUL JUNGSEONG FILLER}",
        "\N{HANGUL FILLER}",
        "\N{KHMER VOWEL INHERENT AQ}",
        "\N{KHMER VOWEL INHERENT AA}",
        "\N{MONGOLIAN FREE VARIATION SELECTOR ONE}",
        "\N{MONGOLIAN FREE VARIATION SELECTOR FOUR}",
        "\N{VARIATION SELECTOR-1}",
        "\N{VARIATION SELECTOR-16}",
        "\N{VARIATION SELECTOR-17}",
        "\N{VARIATION SELECTOR-256}",
    ],
)
def test_invisible_letters_never_distinguish_names(
    invisible: str,
) -> None:
    assert folded_name(f"Swift{invisible}Parcels") == folded_name("Swift Parcels")
    assert spaceless_name(f"3{invisible}B") == spaceless_name("3B")
    assert not mixes_scripts(f"Swi{invisible}ft")


def test_digit_after_invisible_letters_distinguishes_homes() -> None:
    assert spaceless_name("3\N{MONGOLIAN DIGIT ZERO}") != spaceless_name("3")


def test_letters_that_folding_composes_are_folded_too() -> None:
    composed = "\N{GREEK SMALL LETTER IOTA WITH DIALYTIKA AND VARIA}"
    hidden = f"\N{GREEK SMALL LETTER IOTA WITH DIALYTIKA}{ZERO_WIDTH_SPACE}\N{COMBINING GRAVE ACCENT}"
    assert spaceless_name(hidden) == spaceless_name(composed)
    assert folded_name(hidden) == folded_name(composed)


@pytest.mark.parametrize("other", ["Swift Parcel", "Swíft Parcels", "Swift Parcels 2"])
def test_other_names_stay_apart(other: str) -> None:
    assert folded_name(other) != folded_name("Swift Parcels")


@pytest.mark.parametrize("other", [" 3 B", "3b", f"3{CYRILLIC_VE}", "3\u00a0B"])
def test_homes_names_that_look_the_same_fold_to_the_same(other: str) -> None:
    assert spaceless_name(other) == spaceless_name("3B")


def test_punctuation_keeps_homes_apart() -> None:
    assert spaceless_name("1-11") != spaceless_name("11-1")


@given(name=texts)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folded_name(folded_name(name)) == folded_name(name)
    assert spaceless_name(spaceless_name(name)) == spaceless_name(name)


@given(name=texts)
def test_a_folded_name_has_neither_spaces_nor_punctuation_nor_symbols(
    name: str,
) -> None:
    assert not {unicodedata.category(each)[0] for each in folded_name(name)} & {
        *"ZCPS",
    }


@given(start=texts, end=texts, gap=gaps)
def test_a_gap_between_words_never_distinguishes_couriers(
    start: str, end: str, gap: str
) -> None:
    assert folded_name(start + gap + end) == folded_name(f"{start} {end}")


@given(name=latin)
def test_case_never_distinguishes_names(name: str) -> None:
    assert folded_name(name.upper()) == folded_name(name)


@given(word=latin | cyrillic | greek, number=st.integers(0, 99))
def test_a_word_of_one_script_mixes_none(word: str, number: int) -> None:
    assert not mixes_scripts(f"{word}{number}")


@given(one=latin, other=cyrillic | greek)
def test_a_word_of_two_scripts_mixes_them(one: str, other: str) -> None:
    assert mixes_scripts(one + other)
    assert mixes_scripts(f"{other}{ZERO_WIDTH_SPACE}{one}")


@given(one=latin, other=cyrillic | greek, gap=gaps)
def test_words_of_different_scripts_may_stand_side_by_side(
    one: str, other: str, gap: str
) -> None:
    assert not mixes_scripts(f"{one}{gap}{other}")


@pytest.mark.parametrize(
    "name",
    [
        "\N{CJK UNIFIED IDEOGRAPH-98DF}\N{HIRAGANA LETTER BE}\N{KATAKANA LETTER RO}",
        "\N{CJK UNIFIED IDEOGRAPH-98DF}\N{HANGUL SYLLABLE GA}",
        "\N{CJK UNIFIED IDEOGRAPH-98DF}\N{BOPOMOFO LETTER B}",
        "O'Neill",
        "Łódź 3",
        "",
    ],
)
def test_scripts_that_are_written_together_are_not_mixed(name: str) -> None:
    assert not mixes_scripts(name)


@pytest.mark.parametrize(
    "letter",
    [
        CYRILLIC_EN,
        "\N{HEBREW LETTER SHIN}",
        "\N{GREEK CAPITAL LETTER ALPHA WITH PROSGEGRAMMENI}",
        "\N{CJK UNIFIED IDEOGRAPH-98DF}",
    ],
)
def test_one_foreign_letter_is_found(letter: str) -> None:
    assert mixes_scripts(f"Ko{letter}rad")


def test_letters_that_python_has_no_names_for_are_of_one_script() -> None:
    tangut = "\U00017000\U00017001"
    assert not mixes_scripts(tangut)
    assert mixes_scripts(f"Ko{tangut}")


def test_homes_alike_are_those_that_look_the_same_or_mix_scripts() -> None:
    mixed = f"B{CYRILLIC_EN}"
    assert homes_alike(["3B", "3b", "4A"]) == []
    assert homes_alike(["3B", "3 B", "3b", "4A", mixed]) == ["3 B", "3B", "3b", mixed]


def named(carrier: str, *names: str) -> str | None:
    """Return the name of the courier that a carrier's name means, among these."""
    couriers = [
        Courier(f"courier-{number}", name, frozenset(), timedelta(hours=4))
        for number, name in enumerate(names)
    ]
    found = couriers_by_carrier(couriers)(carrier)
    return None if found is None else found.name


@pytest.mark.parametrize(
    ("carrier", "courier"),
    [
        ("DHL", "DHL"),
        ("dhl", "D.H.L."),
        ("PostNL", "Post NL"),
        ("post-nl", "PostNL"),
        ("\u010cesk\u00e1 po\u0161ta", "Ceska Posta"),
        ("ceska_posta", "\u010cesk\u00e1 po\u0161ta"),
        ("DHL Parcel Polska", "DHL"),
        ("DHL", "DHL Parcel Polska"),
        ("dhl-germany", "DHL"),
        ("Sw\N{ZERO WIDTH SPACE}ift", "Swift"),
    ],
)
def test_carrier_means_the_courier_of_its_name(carrier: str, courier: str) -> None:
    assert named(carrier, "Parcel Post", courier, "Blue Van") == courier


@pytest.mark.parametrize(
    "carrier",
    [
        *("", " ", "\N{EM DASH}", "\ud800", "DPD", "DHLX", "Polska DHL"),
        *("Parcel DHL", "DHL Express", "Paket"),
    ],
)
def test_other_carrier_means_no_courier(carrier: str) -> None:
    assert named(carrier, "DHL Parcel Polska", "DHL Paket", "\N{BLACK STAR}") is None


def test_carrier_that_may_be_two_couriers_means_none() -> None:
    assert named("DHL", "DHL Parcel", "DHL Express") is None
    assert named("DHL Express Germany", "DHL", "DHL Express") is None
    assert named("Posta", "P\u00f3sta", "Po\u0161ta") is None
    # The whole name counts first.
    assert named("DHL", "DHL Express", "DHL") == "DHL"
    assert named("Parcel Post", "Parcel", "Parcel Post") == "Parcel Post"


@given(texts, st.lists(texts, max_size=4))
def test_any_carriers_name_means_one_of_the_couriers_or_none(
    carrier: str, names: list[str]
) -> None:
    found = named(carrier, *names)
    assert found is None or (found in names and folded_name(carrier))
    # It isn't their order that counts.
    assert named(carrier, *reversed(names)) == found


@given(st.sampled_from(["DHL", "Post NL", "\u010cesk\u00e1 po\u0161ta"]), gaps)
def test_neither_case_nor_gaps_keep_a_carrier_from_its_courier(
    name: str, gap: str
) -> None:
    assert named(name.upper().replace(" ", gap), "Parcel Post", name) == name


@given(st.text())
def test_one_line_has_no_controls_and_stays_as_it_is(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert line == line.strip()
    assert "  " not in line
    categories = {unicodedata.category(each) for each in line}
    assert not {each for each in categories if each[0] == "C"}
    assert categories.isdisjoint({"Zl", "Zp"})
    assert len(line) <= len(text)


def test_one_line_leaves_ordinary_text_alone() -> None:
    for text in (
        "Bitte läuten & warten: 3. Stock, „Müller“!",
        "ضعه على الرف.",
        "棚へ",
    ):
        assert one_line(text) == text
