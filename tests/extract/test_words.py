from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.words import words


@given(st.text(max_size=200))
def test_words_stand_where_they_say_in_order_and_leave_only_spaces_and_underscores_out(text: str) -> None:
    end = 0
    for word in words(text):
        assert text[word.start : word.end] == word.text
        assert not text[end : word.start].strip()
        end = word.end
    assert not text[end:].strip()


def test_possessives_stand_alone_and_hyphens_and_inner_apostrophes_join() -> None:
    text = "Stoke-on-Trent’s O'Brien, the councillors' choice"
    assert [w.text for w in words(text)] == [
        "Stoke-on-Trent",
        "’s",
        "O'Brien",
        ",",
        "the",
        "councillors",
        "'",
        "choice",
    ]
