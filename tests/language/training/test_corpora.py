"""The corpora's formats, on small samples in each."""

import json

from kgraph.language.training.corpora import conllu, gmb, knowledgenet, raw_text, twitter, wikigold, written

CONLLU = """\
# newdoc id = sample
# newpar
# sent_id = 1
1	Heading	heading	NOUN	NN	Number=Sing	0	root	_	_

# newpar
# sent_id = 2
1	They	they	PRON	PRP	Case=Nom	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	visit	visit	VERB	VB	_	0	root	_	_
5	Kent	Kent	PROPN	NNP	Number=Sing	4	obj	_	Entity=(1-place-new-nnnnn-cf1-1-sgl-Kent)|SpaceAfter=No
5.1	visit	visit	VERB	VB	_	_	_	_	_
6	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = 3
1	Why	why	ADV	WRB	_	0	root	_	SpaceAfter=No
2	?	?	PUNCT	.	_	1	punct	_	_
"""


def test_conllu(tmp_path):
    path = tmp_path / "sample.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    heading, statement, question = conllu(path, names=True)
    assert statement.words == ("They", "do", "n't", "visit", "Kent", ".")
    assert statement.heads == (3, 3, 3, -1, 3, 3)
    assert statement.names == ((4, 5, "PLACE"),)
    assert (heading.paragraph, statement.paragraph, question.paragraph) == (True, True, False)
    text, offsets = raw_text([heading, statement, question])
    assert text.rstrip() == "Heading\n\nThey don't visit Kent. Why?"
    assert [[text[a:b] for a, b in row] for row in offsets] == [list(s.words) for s in (heading, statement, question)]


def test_wikigold_keeps_every_tenth_article_out(tmp_path):
    (tmp_path / "ner_wikigold").mkdir()
    article = "{} I-PER\nSmith I-PER\nof O\nthe O\nMad I-ORG\nCapsule I-ORG\nToday O\n\nIt O\nends O\n-DOCSTART- O\n\n"
    text = "".join(article.format(f"Ann{i}") for i in range(20))
    (tmp_path / "ner_wikigold" / "wikigold.conll.txt").write_text(text, encoding="utf-8")
    train, held_out = wikigold(tmp_path)
    assert [a[0].words[0] for a in held_out] == ["Ann9", "Ann19"]
    assert len(train) == 18
    assert train[0][0].names == ((0, 2, "PERSON"), (4, 6, "ORG"))
    assert [len(s.words) for s in train[0]] == [7, 2]


def test_neighbouring_names_of_one_type_stay_apart_where_the_corpus_says_so(tmp_path):
    (tmp_path / "ner_btc").mkdir()
    for section in "abegh":
        tweet = "Leeds\tB-LOC\nYork\tB-LOC\nMoor\tI-LOC\n\n" if section == "a" else ""
        (tmp_path / "ner_btc" / f"{section}.conll").write_text(tweet, encoding="utf-8")
    assert twitter(tmp_path)[0][0].names == ((0, 1, "PLACE"), (1, 3, "PLACE"))


def test_gmb_takes_the_country_and_not_its_people(tmp_path):
    import zipfile

    (tmp_path / "ner_gmb").mkdir()
    rows = ["Sentence #,Word,POS,Tag", "Sentence: 1,Iraq,NNP,B-gpe", ",and,CC,O", ",Iraqi,JJ,B-gpe", ",Mr.,NNP,B-per"]
    with zipfile.ZipFile(tmp_path / "ner_gmb" / "ner_dataset.csv.zip", "w") as archive:
        archive.writestr("ner_dataset.csv", "\n".join(rows).encode("latin-1"))
    assert gmb(tmp_path)[0].names == ((0, 1, "PLACE"), (3, 4, "PERSON"))


def test_every_occurrence_of_a_name_of_a_passage_is_marked(tmp_path):
    passage = "Ada Byron of Byron, Serbia, is no Serbian; Byron is in the Byron Society."
    facts = [{"documentId": d, "passageStart": 5, "passageText": passage} for d in ("10", "17")]
    (tmp_path / "knowledgenet").mkdir()
    lines = "".join(json.dumps(fact) + "\n" for fact in facts)
    (tmp_path / "knowledgenet" / "knowledgenet_train_from_html.jsonl").write_text(lines, encoding="utf-8")
    table = tmp_path / "names.tsv"
    rows = ["documentId\tpassageStart\tPERSON\tORG\tPLACE"]
    rows += [f"{d}\t5\tAda Byron\tByron Society\tByron; Serbia" for d in ("10", "17")]
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    (trained,), held_out = knowledgenet(tmp_path, table)
    assert held_out == [trained]  # document 17
    assert [(" ".join(trained.words[b:e]), kind) for b, e, kind in trained.names or ()] == [
        ("Ada Byron", "PERSON"),
        ("Byron", "PLACE"),
        ("Serbia", "PLACE"),
        ("Byron", "PLACE"),
        ("Byron Society", "ORG"),
    ]


def test_our_own_articles_mark_names_and_what_is_said_and_stated(tmp_path):
    (tmp_path / "articles").mkdir()
    texts = [
        "[Wexcombe]O rejects claim\nPublished: 2023-06-14\n\n[Imran Sethi]P denied {he’d met [Sal Pruett]P}denies.\n",
        "The Mole\n\nIt flows through [Dorking]L.\n",
    ]
    numbered = "\n".join(f"# {i}\n{text}" for i, text in enumerate(texts))
    (tmp_path / "articles" / "a.txt").write_text(numbered, encoding="utf-8")
    fact = "a/0\tmeets\tImran Sethi\t-\t-\the'd met Sal Pruett\n"
    (tmp_path / "facts.tsv").write_text(fact, encoding="utf-8")
    found = written(tmp_path)
    headline, told = found["a/0"]
    assert headline.words == ("Wexcombe", "rejects", "claim") and headline.statements == ()
    assert [" ".join(told.words[b:e]) for b, e, _ in told.names or ()] == ["Imran Sethi", "Sal Pruett"]
    ((start, end, stance),) = told.statements or ()
    assert (" ".join(told.words[start:end]), stance) == ("he ’d met Sal Pruett", "denies")
    assert headline.facts == () and told.facts == ((start, end, "meets"),)
    assert {(s.statements, s.facts) for s in found["a/1"]} == {(None, None)}  # they are marked for names alone
