from hypothesis import given
from hypothesis import strategies as st

from kgraph.language.pieces import MAX_PIECES_PER_WORD, SHAPES, WordPieces, shape


def vocabulary(tmp_path, *pieces):
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join(["[UNK]", "[CLS]", "[SEP]", *pieces]), encoding="utf-8")
    return WordPieces(path)


def test_shapes():
    words = {
        "the": "lower",
        "Torbay": "title",
        "Smith-Jones": "title",
        "I": "title",
        "NHS": "upper",
        "COVID-19": "upper",
    }
    words |= {"McDonald": "mixed", "2022": "digits", "£1.5": "digits", "(": "punctuation", "—": "punctuation"}
    assert {w: SHAPES[shape(w)] for w in words} == words


def test_longest_pieces_first_and_case_aside(tmp_path):
    pieces = vocabulary(tmp_path, "tor", "##bay", "torb", "council")
    assert pieces.split("Torbay")[0] == pieces.split("TORBAY")[0]
    assert pieces.split("COUNCIL") == ((6,), SHAPES.index("upper"))
    assert pieces.split("torbay")[0] == (
        0,
    )  # "torb" is longest, and nothing continues it: unknown, as WordPiece has it


def test_a_window_points_at_each_words_first_piece(tmp_path):
    pieces = vocabulary(tmp_path, "tor", "##bay", "agreed", ".")
    window = pieces.window(["Torbay", "agreed", "."], breaks=[1])
    assert window.pieces.tolist() == [1, 3, 4, 2, 5, 6, 2]
    assert window.first.tolist() == [1, 4, 5]
    assert [SHAPES[s] for s in window.shapes] == [
        "special",
        "title",
        "title",
        "special",
        "lower",
        "punctuation",
        "special",
    ]


@given(st.text(min_size=1, max_size=30))
def test_any_word_has_a_piece_and_not_too_many(tmp_path_factory, word):
    pieces = vocabulary(tmp_path_factory.mktemp("v"), *"abcdefghij", *(f"##{c}" for c in "abcdefghij"))
    assert 1 <= len(pieces.split(word)[0]) <= MAX_PIECES_PER_WORD
