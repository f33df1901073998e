import spacy

from kgraph.language.layout import paragraph_starts

nlp = spacy.blank("en")


def openings(text):
    doc = nlp(text)
    return [doc[i].text for i in paragraph_starts(doc)]


def test_an_empty_line_ends_a_sentence():
    assert openings("Budget agreed\n\nMembers voted\n \nfor it") == ["Budget", "Members", "for"]


def test_wrapped_lines_of_a_page_go_on():
    text = (
        "The inspection found that leaders had not acted on the weaknesses identified at\n"
        "the previous visit and that too many families waited for the help that they had\n"
        "asked for."
    )
    assert openings(text) == ["The"]


def test_a_heading_above_wrapped_lines_stands_alone():
    text = (
        "What needs to improve\n"
        "The quality of plans, so that social workers and managers know what is expected of\n"
        "them and by when, and the timeliness of visits to families."
    )
    assert openings(text) == ["What", "The"]


def test_captions_and_list_items_stand_alone():
    assert openings("Image source, PA Media\nImage caption,\nThe town hall") == ["Image", "Image", "The"]
    text = (
        "Inspectors looked at the following things over the course of two weeks in the spring\n• the help\n• the care"
    )
    assert openings(text) == ["Inspectors", "•", "•"]


def test_a_heading_of_two_lines_is_one():
    assert openings("Inspection of Dunmere Children and\nFamilies Trust\n\nGood") == ["Inspection", "Good"]
    assert openings("Report on the budget\nfor next year") == ["Report"]


def test_a_line_that_ends_a_sentence_ends_it():
    text = "The committee met on Tuesday to hear from officers about the overspend in the budget.\nIt agreed."
    assert openings(text) == ["The", "It"]


def test_text_without_words_has_no_openings():
    assert openings(" \n\n ") == []
