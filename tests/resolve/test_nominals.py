"""Common nouns that refer, and places that stand for their council. Bodies are invented or of the registers."""

import pytest

from tests.extract.parsed import reading


def links(text: str) -> dict[str, str]:
    """Names, common nouns and offices with whom each stands for."""
    found = reading(text)
    return {m.text: m.entity.text for m in (*found.mentions, *found.pronouns)}


@pytest.mark.parametrize(
    ("text", "noun", "body"),
    [
        ("Staff praised Northby Builders Ltd in May. The firm has since closed.", "The firm", "Northby Builders Ltd"),
        ("Northby Builders Ltd and Southby Homes Ltd bid. Southby Homes Ltd won. The company starts in May.",
         "The company", "Southby Homes Ltd"),
        ("The contract went to a company, Northby Builders Ltd. It was the company, Northby Builders Ltd, that lost.",
         "the company", "Northby Builders Ltd"),
        ("The papers were written by Jones Smith Field, the auditors. The auditors left in May.",
         "The auditors", "Jones Smith Field"),
        ("The land belongs to Northby Homes. KPMG wrote a report. The firm owns nothing else, said Northby Homes.",
         "The firm", "Northby Homes"),
        ("Parents wrote to the Northby Parents Alliance. The alliance has 40 members.",
         "The alliance", "Northby Parents Alliance"),
        ("The Department for Education wrote to Sefton Council. The department was not happy.",
         "The department", "Department for Education"),
        ("Sefton Council met. The Northby and Southby Integrated Care Board wrote to it. A nurse at the board agreed.",
         "the board", "Northby and Southby Integrated Care Board"),
        ("Northby Council has a new director. He joins from Southby Council, where he ran housing. He left it in May. "
         "A spokesman for Southby Council said the council was sorry.", "the council", "Southby Council"),
    ],
)  # fmt: skip
def test_a_common_noun_is_the_body_that_stands_out(text: str, noun: str, body: str) -> None:
    assert links(text)[noun] == body


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Northby Builders Ltd and Southby Homes Ltd spoke. "
         "The firm was pleased.", "The firm"),
        ("Northby Builders Ltd spoke. The parent company did not.", "The parent company"),
        ("Northby Builders Ltd spoke of the company that owned the pier.", "the company"),
        ("Northby Fire and Rescue Service has two stations. The authority met.", "The authority"),
        ("Little Northby Parish Council met. It wrote to the district.", "the district"),
        ("Sefton Council met. The cabinet paper went to the board.", "the board"),
        ("Sefton Council said that people in the borough would wait.", "the borough"),
        ("Northby Builders Ltd spoke. No business plan was seen.", "business"),
        ("Northby Builders Ltd spoke. The business plan was not seen.", "The business"),
    ],
)  # fmt: skip
def test_a_common_noun_may_be_nobody_named(text: str, noun: str) -> None:
    assert noun not in links(text)


@pytest.mark.parametrize(
    "text",
    [
        "Harrowmere Borough Council met in May. Harrowmere has rejected the plan.",
        "Harrowmere Borough Council met in May. Ann Other, who runs housing at Harrowmere, spoke.",
        "Ann Other joins from Harrowmere, the council where she began. Nobody spoke.",
        "Harrowmere to sell its library\n\nHarrowmere Borough Council met in May.",
        "Harrowmere Borough Council met in May. A spokesman for Harrowmere said it was over.",
        "Harrowmere Borough Council met in May. Harrowmere's audit committee was not asked.",
        "Harrowmere Borough Council met in May. Harrowmere's children's services were not discussed.",
        "Harrowmere Borough Council met in May. Harrowmere became a unitary authority in 1998.",
        "Harrowmere Borough Council met in May. It was the third report against Harrowmere.",
        "Harrowmere Borough Council met in May. From June on, Harrowmere must, among other things, agree a plan.",
        "Harrowmere Borough Council met in May. The leaders had not turned Harrowmere around, he said.",
        "Harrowmere Borough Council met in May. It said Harrowmere could not become sustainable.",
        "New chief appointed at troubled Harrowmere\n\nHarrowmere Borough Council met in May.",
    ],
)
def test_a_place_acts_for_its_council(text: str) -> None:
    assert links(text)["Harrowmere"].startswith("Harrowmere")
    assert {m.entity.type for m in reading(text).mentions if m.text == "Harrowmere"} == {"council"}


@pytest.mark.parametrize(
    "text",
    [
        "Harrowmere Borough Council met in May. People in Harrowmere waited.",
        "Harrowmere Borough Council met in May. Harrowmere has two stations.",
        "Age UK Harrowmere wrote to Harrowmere Borough Council.",
        "Harrowmere Borough Council met in May. Harrowmere's lido is to close.",
        "Harrowmere Borough Council met in May. Children's services in Harrowmere were not discussed.",
        "Harrowmere Borough Council met in May. Ann Other is the member for a cleaner Harrowmere.",
    ],
)
def test_a_place_may_be_a_place(text: str) -> None:
    assert "council" not in {m.entity.type for m in reading(text).mentions if m.text == "Harrowmere"}


def test_a_place_that_has_a_council_is_no_person_and_not_two_places() -> None:
    found = reading("Ashby Vale Council and Nene and Orwell Council met. People in Ashby Vale, Nene and Orwell wait.")
    assert [(m.text, m.entity.type) for m in found.mentions[2:]] == [
        ("Ashby Vale", "place"),
        ("Nene and Orwell", "place"),
    ]


@pytest.mark.parametrize(("whom", "people"), [("Chief", ["Ann Field"]), ("Former chief", [])])
def test_who_once_held_or_now_acts_in_an_office_is_not_meant_by_it(whom: str, people: list[str]) -> None:
    text = f"{whom} constable Ann Field and acting chief constable Tom Other met. The chief constable did not speak."
    said = text.index("The chief constable")
    assert [m.entity.text for m in reading(text).pronouns if m.start > said] == people


@pytest.mark.parametrize(
    ("text", "title", "person"),
    [
        ("Ann Other, regional secretary of Unison, spoke.", "secretary", "Ann Other"),
        ("Ann Other is interim director of housing at Northby Council.", "director", "Ann Other"),
        ("Ann Other left Northby Council as leader.", "leader", None),
        ("Ann Other, formerly leader of Northby Council, spoke.", "leader", None),
        ("Northby Council, led by Ann Other, met.", "Northby Council", "Northby Council"),
    ],
)
def test_a_title_beside_a_name_means_whom_it_names(text: str, title: str, person: str | None) -> None:
    assert links(text).get(title) == person


def test_one_and_his_title_are_spoken_of_once() -> None:
    text = "Ann Field told Mary Other, leader of Northby Council, of the plan. She was pleased."
    assert links(text)["She"] == "Ann Field"


def test_kin_of_an_office_are_who_stands_beside_it() -> None:
    found = links(
        "Tom Field, leader of Sefton Council, resigned. His deputy, Ann Other, will lead. His successor is open."
    )
    assert found["deputy"] == "Ann Other"
    assert "successor" not in found


def test_who_stands_in_is_meant_by_that_office() -> None:
    text = "Present: Ann Other, Interim Director of Housing; Tom Field (Lab) (Chair)."
    found = [(m.text, m.entity.text) for m in reading(f"{text} The Chair spoke to the Interim Director.").pronouns]
    assert ("Chair", "Tom Field") in found and ("Director", "Ann Other") in found


def test_a_body_goes_on_by_its_first_words() -> None:
    text = "The Northern Spire Learning Trust has nine schools. Northern Spire will appeal."
    assert links(text)["Northern Spire"] == "Northern Spire Learning Trust"
    assert "Westbrook Academy" not in [
        m.entity.text for m in reading("Westbrook Academy closed. People in Westbrook wept.").mentions[1:]
    ]


def test_a_council_may_be_named_without_its_kind() -> None:
    text = "Harrowmere Borough Council met. Harrowmere Council and Harrowmere Combined Authority have no money."
    assert links(text)["Harrowmere Council"] == "Harrowmere Borough Council"
    assert links(text)["Harrowmere Combined Authority"] == "Harrowmere Combined Authority"


def test_a_noun_may_be_said_of_whose_it_is() -> None:
    text = "Ofsted and the Charity Commission wrote. The Charity Commission came. It saw Ofsted, whose inspectors left."
    assert links(text)["inspectors"] == "Ofsted"


def test_initials_are_those_of_one_body() -> None:
    assert links("The Bus Crews Union met. A letter came from the BCU.")["BCU"] == "Bus Crews Union"


def test_somebody_of_a_body_is_no_part_of_its_name() -> None:
    text = "Emrys Tallent of Vale of Irfon Council spoke. PC Josie Amphlett wept. Capt Tallent and PC Amphlett left."
    assert links(text) == {
        "Emrys Tallent": "Emrys Tallent",
        "Vale of Irfon Council": "Vale of Irfon Council",
        "PC Josie Amphlett": "Josie Amphlett",
        "Capt Tallent": "Emrys Tallent",
        "PC Amphlett": "Josie Amphlett",
    }


def test_a_firm_may_look_like_a_person() -> None:
    text = "Whitlock Farr has refused to sign off the accounts. The firm said that it had its reasons."
    found = {m.text: (m.entity.text, m.entity.type) for m in reading(text).mentions}
    assert found["Whitlock Farr"] == found["The firm"] == ("Whitlock Farr", "company")
    text = "Councillor Zbyna Farr has refused to sign off the accounts. The firm said that it had its reasons."
    assert {m.entity.type for m in reading(text).mentions} == {"person"}


@pytest.mark.parametrize(
    ("text", "noun", "body"),
    [
        ("Labour's Tom Field, whose party has nine seats, spoke.", "party", "Labour"),
        ("Conservative Ann Other and Labour's Tom Field spoke. Tom Field said his party was ready.", "party", "Labour"),
    ],
)
def test_whose_party_it_is(text: str, noun: str, body: str) -> None:
    assert links(text)[noun] == body


def test_a_group_has_its_partys_name() -> None:
    assert links("The Labour group met in May. Nobody spoke.")["Labour"] == "Labour"


def test_an_office_of_a_party_is_held_for_that_party() -> None:
    text = (
        "Ann Other, leader of the Northby Alliance, met the Labour group leader, Tom Field. The Labour leader was late."
    )
    assert [m.entity.text for m in reading(text).pronouns if m.text == "leader"][-1] == "Tom Field"


@pytest.mark.parametrize(
    ("text", "noun", "body"),
    [
        ("Moss Tarrant LLP wrote to Sefton Council. Moss Tarrant was worried.", "Moss Tarrant", "Moss Tarrant LLP"),
        ("The report was written by consultants Varley Strand. Varley Strand left.", "Varley Strand", "Varley Strand"),
        ("Police and crime commissioner Ray Holt spoke. The commissioner was angry.", "commissioner", "Ray Holt"),
        ("Northby Police has a new chief. Jo Carr said her force was ready.", "force", "Northby Police"),
    ],
)
def test_who_is_meant_by_less_than_the_whole_name(text: str, noun: str, body: str) -> None:
    assert links(text)[noun] == body


def test_those_brought_in_as_advisers_are_not_the_company() -> None:
    text = "Northby Builders Ltd failed. Its advisers, Moss Tarrant LLP, had said in May that the company would thrive."
    assert links(text)["the company"] == "Northby Builders Ltd"


def test_a_county_council_is_no_borough() -> None:
    text = "Fernley Borough Council and Shropley County Council met. The county council left. The borough stayed."
    found = links(text)
    assert (found["The county council"], found["The borough"]) == ("Shropley County Council", "Fernley Borough Council")


def test_an_age_is_somebodys() -> None:
    text = "Ann Other, 52, and Tom Field, 40, spoke. The 52-year-old said yes. The 61-year-old said no."
    found = links(text)
    assert found["52-year-old"] == "Ann Other" and "61-year-old" not in found


@pytest.mark.parametrize(
    ("text", "noun", "person"),
    [
        ("Ann Other, chair of the Northby Schools Partnership, wrote to Sefton Council. Sefton Council met in May. "
         "Sefton Council said yes. The chair was glad.", "chair", "Ann Other"),
        ("Sefton Council met. Cllr Ann Other spoke first. The councillor was angry.", "councillor", "Ann Other"),
        ("The minister named Ann Other as commissioner for Sefton. The commissioner starts in May.",
         "commissioner", "Ann Other"),
        ("Ann Other, a Leeds lawyer, has been appointed as lead commissioner. The lead commissioner starts in May.",
         "commissioner", "Ann Other"),
        ("The trust will send in an improvement director, Ann Other. The improvement director starts in May.",
         "director", "Ann Other"),
        ("Tom Field is mayor of Sefton. Tom Field's deputy, Ann Other, spoke. The deputy mayor was angry.",
         "mayor", "Ann Other"),
        ("Ann Other, the former clerk of Northby Parish Council, wrote. The former clerk was angry.",
         "clerk", "Ann Other"),
    ],
)  # fmt: skip
def test_a_role_is_the_one_last_said_to_have_it(text: str, noun: str, person: str) -> None:
    found = [m.entity.text for m in reading(text).pronouns if m.text == noun]
    assert found[-1:] == [person]


@pytest.mark.parametrize(
    "text",
    [
        "Cllr Ann Other met Cllr Tom Field. The councillor was late.",
        "Sefton Council met. Cllr Ann Other spoke first. Another councillor was angry.",
        "Ann Other was named as chair of Northby Parish Council. The new chair of Southby Parish Council was angry.",
        "Cllr Ann Other wrote to her MP. Her councillor was angry.",
    ],
)
def test_a_role_may_be_nobody_named(text: str) -> None:
    assert "role" not in {m.reason.split(":")[0] for m in reading(text).pronouns if m.start > text.index(".")}


@pytest.mark.parametrize(
    ("text", "noun", "body"),
    [
        ("Sefton Council met. Sefton Council was glad. Southby Council's leader, Ann Other, said the council knew.",
         "the council", "Southby Council"),
        ("Northby Council asked the highways authority, Southby County Council. Northby Council's leader spoke. "
         "The authority met in May.", "The authority", "Northby Council"),
        ("Much Wendle Town Council was asked. A spokesman for the authority said yes. Mayor of Much Wendle Ann Other, "
         "of Northby Council, did not.", "the authority", "Much Wendle Town Council"),
        ("Northby Living Ltd, the council's partner, wrote to Sefton Council. The council met.",
         "The council", "Sefton Council"),
        ("Northby County Council met. A spokesman for the county said yes.", "the county", "Northby County Council"),
    ],
)  # fmt: skip
def test_a_common_noun_is_the_body_of_whoever_speaks_or_was_named(text: str, noun: str, body: str) -> None:
    assert links(text)[noun] == body


def test_each_part_of_a_bulletin_is_about_the_body_that_heads_it() -> None:
    told = "A family complained that the council had lost three letters and did not call when it should have done."
    bulletin = f"Spring bulletin\nNorthby Council\n{told}\nSouthby Council - housing\n{told}\n"
    found = [m.entity.text for m in reading(bulletin).mentions if m.text == "the council"]
    assert found == ["Northby Council", "Southby Council"]


def test_an_ombudsman_is_no_other_inspectorate() -> None:
    assert "The ombudsman" not in links("Ofsted wrote to Sefton Council. The ombudsman did not.")


def test_the_watchdog_is_the_one_spoken_of() -> None:
    text = (
        "Ofsted rated Sefton Council inadequate. Ofsted will be back. The council met in May and heard of it. "
        "Last week the Care Quality Commission found mice in a home. The watchdog is to write to its owners."
    )
    assert links(text)["The watchdog"] == "Care Quality Commission"


@pytest.mark.parametrize(
    ("text", "noun", "person"),
    [
        ("His niece, Ann Other, was there.", "niece", "Ann Other"),
        ("Tom Field, a retired magistrate, agreed.", "magistrate", "Tom Field"),
        ("Retired bus driver Ken Hill agreed.", "driver", "Ken Hill"),
        ("A director of the company, Ann Other, agreed.", "company", None),
        ("Ann Other (housing) agreed.", "housing", None),
        ("He wished Ann Other luck.", "luck", None),
    ],
)  # fmt: skip
def test_a_common_noun_beside_a_name_means_whom_it_names(text: str, noun: str, person: str | None) -> None:
    assert links(text).get(noun) == person


def test_what_a_place_refused_its_council_did() -> None:
    text = "Harrowmere Borough Council met in May. A refusal by Harrowmere was overturned."
    assert [m.entity.type for m in reading(text).mentions if m.text == "Harrowmere"] == ["council"]


def test_a_group_may_have_no_name_but_its_partys() -> None:
    text = "Conservative Ann Other spoke on Monday. Her group has nine seats on Sefton Council. The group met in May."
    assert [m.entity.text for m in reading(text).pronouns if m.text == "group"] == ["Conservative group"] * 2
    text = (
        "Cllr Ann Other spoke on Monday. Her group has nine seats on Sefton Council. A group of residents met in May."
    )
    assert "group" not in links(text)


def test_the_first_named_holds_the_office_a_story_opens_with() -> None:
    opening = "A tram line may be built, the mayor of Weir Valley said on Monday. It was a long day. Buses are late. "
    assert links(f"{opening}Anneka Sholto, who was elected in May, was glad.")["mayor"] == "Anneka Sholto"
    assert "mayor" not in links(f"{opening}Anneka Sholto, a clerk at Northby Council, was glad.")


def test_a_commissioner_whom_a_story_opens_with_is_named_in_the_next_sentence() -> None:
    text = "A police and crime commissioner has sacked his deputy. Tom Field said on Monday that it was time."
    assert {m.entity.text for m in reading(text).pronouns if m.reason.startswith("role: police")} == {"Tom Field"}


def test_somebody_is_called_by_his_party() -> None:
    text = "Conservative councillor Ann Other and Labour's Tom Field met. Ann Other spoke. The Tory was angry."
    assert links(text)["Tory"] == "Ann Other"
    assert links(text.replace("The Tory was", "The Tory leader was"))["Tory"] == "Conservatives"
    assert links(text.replace("The Tory was", "The Conservatives were"))["Conservatives"] == "Conservatives"


@pytest.mark.parametrize(
    ("text", "noun", "body"),
    [
        ("Council criticised by watchdog\n\nOfsted visited Northby Council in May.", "Council", "Northby Council"),
        ("Council criticised by watchdog\n\nOfsted visited Northby Council in May.", "watchdog", "Ofsted"),
        ("The Northby Crime Panel met. Panel chair Ann Other spoke.", "Panel", "Northby Crime Panel"),
        ("Ofsted came to Northby Council in May. A week after inspectors left it wrote.", "inspectors", "Ofsted"),
        ("Minister tells council to wait\n\nA letter came to Northby Council in May.", "council", "Northby Council"),
        ("Ofsted visited Larkfield Academy. The 1,140-pupil school wept.",
         "The 1,140-pupil school", "Larkfield Academy"),
    ],
)  # fmt: skip
def test_a_common_noun_may_have_no_article(text: str, noun: str, body: str) -> None:
    assert links(text)[noun] == body


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("School plan for failing school\n\nParents wrote to Larkfield Academy.", "school"),
        ("School plan for failing school\n\nParents wrote to Larkfield Academy.", "School"),
        ("A review by council staff\n\nNorthby Council met.", "council"),
        ("Northby Council met. It said that council was asked.", "council"),
        ("Parents wrote to Larkfield Academy. A 90-place school was promised.", "A 90-place school"),
        ("The Bus Crews Union met. The trust did not.", "The trust"),
    ],
)
def test_a_noun_without_an_article_may_be_nobody_named(text: str, noun: str) -> None:
    assert noun not in links(text)


def test_the_one_a_headline_speaks_of_by_office_is_named_as_if_known() -> None:
    text = "Mayor of Weir Valley survives vote\n\nMembers have backed Jill Tarn after a long night. The mayor was glad."
    assert [m.entity.text for m in reading(text).pronouns if m.text.lower() == "mayor"] == ["Jill Tarn"] * 2
    described = text.replace("Jill Tarn", "campaigner Jill Tarn")
    assert "mayor" not in links(described)


def test_the_new_director_is_the_one_who_was_named_as_director() -> None:
    text = "Tom Field, director of Sefton Council, resigned. The council has named Ann Other as director. "
    assert links(f"{text}The new director starts in May.")["director"] == "Ann Other"
    left = "Ann Other, director of Sefton Council, spoke."
    assert [m.text for m in reading(f"{left} The new director was late.").pronouns if m.start > len(left)] == []


@pytest.mark.parametrize(
    ("text", "noun", "body"),
    [
        ("The Cutler's Lane Residents' Association met. The association was angry.",
         "The association", "Cutler's Lane Residents' Association"),
        ("A report by Harding Cope, the council's external auditors, came in May. The auditors left.",
         "The auditors", "Harding Cope"),
        ("Ravenscar Care, which owns the home, wrote. Its director, Tony Dunn, said Ravenscar was sorry. "
         "The company has learned.", "Ravenscar", "Ravenscar Care"),
    ],
)  # fmt: skip
def test_who_is_meant_by_a_longer_name(text: str, noun: str, body: str) -> None:
    assert links(text)[noun] == body


@pytest.mark.parametrize(
    ("text", "noun", "body"),
    [
        ("Ofsted wrote to Northby Council. The Care Quality Commission wrote too. The care watchdog was the stricter.",
         "The care watchdog", "Care Quality Commission"),
        ("St Bede's Primary School and Southby Infant School share a gate. Ann Other leads St Bede's Primary School. "
         "Her colleague at the infant school agrees.", "the infant school", "Southby Infant School"),
    ],
)  # fmt: skip
def test_a_noun_may_be_described_by_a_word_of_the_name(text: str, noun: str, body: str) -> None:
    assert links(text)[noun] == body


@pytest.mark.parametrize(
    ("text", "noun", "body"),
    [
        ("People of a Northamptonshire village are cross. Ann Other was elected to Much Wendle Council in 2019. "
         "The council said nothing.", "The council", "Much Wendle Council"),
        ("Homes sold to Leeds firm\n\nMuch Wendle Council has sold two homes. Careful Ltd, of Leeds, takes over. "
         "The council has one left.", "The council", "Much Wendle Council"),
        ("Careful LLP\nBirmingham\n\nAnn Other\nLeader, Much and Little Wendle Council\n\nDear Ms Other\n\n"
         "We have read the accounts of the council.", "the council", "Much and Little Wendle Council"),
    ],
)  # fmt: skip
def test_a_place_beside_a_council_named_in_full_is_only_a_place(text: str, noun: str, body: str) -> None:
    assert links(text)[noun] == body


def test_a_text_may_keep_to_the_place_of_its_council_though_another_is_named() -> None:
    text = "Sefton to close pools\n\nSefton has four pools. In Sefton, and at Much Wendle Council, costs rose. "
    assert links(f"{text}Staff in Sefton were told. The council is sorry.")["The council"].startswith("Sefton")


def test_where_something_is_stands_for_nobody() -> None:
    text = "The council met. A new bridge at Gasworks Lane will cost £1m. Work starts on Mill Lane, the council said."
    places = {m.text: m.entity.type for m in reading(text).mentions if m.text.endswith("Lane")}
    assert set(places.values()) == {"place"}


def test_several_councils_are_no_one_council() -> None:
    assert "the seven council" not in links("Sefton Council met. Three of the seven council leaders were there.")
