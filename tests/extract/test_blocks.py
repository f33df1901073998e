"""Offices told by layout: letters as they are addressed and signed, lists of names and offices, letters behind one."""

from tests.sentences import facts, plain


def holders(text: str) -> set[tuple[object, object]]:
    return {(f["person"], f["role"]) for f in map(plain, facts(text, "holds-role"))}


def test_a_letter_is_signed_with_name_and_office() -> None:
    text = "Sefton Council was inspected in May.\n\nYours sincerely\n\nMrs Zed Quibble\nDirector of Housing\n"
    assert holders(text) == {("Zed Quibble", "director of housing")}


def test_in_a_list_the_first_line_tells_whether_names_or_offices_lead() -> None:
    text = "Sefton Council met.\n\nChair\nMrs Zed Quibble\nTreasurer\nMr Tom Field\nClerk\nMr Jo Bloggs\n"
    assert holders(text) == {("Zed Quibble", "chair"), ("Tom Field", "treasurer"), ("Jo Bloggs", "clerk")}


def test_a_sentence_is_no_line_of_a_list() -> None:
    text = "Sefton Council heard Mrs Zed Quibble.\nDirector of Housing posts are to go.\n"
    assert ("Zed Quibble", "director of housing") not in holders(text)


def test_letters_behind_a_name_tell_an_office() -> None:
    assert ("Zed Quibble", "mp") in holders("Mrs Zed Quibble MP spoke. Mr Tom Field CBE did not.")
