"""A few invented articles with the facts a careful reader would write down: what the graph's tests are made of."""

from __future__ import annotations

from typing import Any

from kgraph.documents import Document, Span
from kgraph.facts import Entity, Fact

COUNCIL = Entity("Middlesbrough Council", "council", "council/E06000002")
OTHER_COUNCIL = Entity("Hartlepool Council", "council", "council/E06000001")
OFSTED = Entity("Ofsted", "inspectorate", "inspectorate/ofsted")
PANEL = Entity("Children's Scrutiny Panel", "committee")
LABOUR = Entity("Labour Group", "group")
DANE = Entity("Marion Dane", "person")
ROOK = Entity("Peter Rook", "person")
LEAD = Entity("Hester Vale", "person")

FIRST = Document(
    id="first.txt",
    source="first.txt",
    title="Inspectors fault “children's services” & <b>more</b>",
    published="2019-06-20",
    publisher="The Teesside Beacon",
    url="https://beacon.example/first?a=1&b=2",
    pages=(0, 120),
    furniture=(Span(0, 4),),
    text=(
        "Marion Dane, leader of Middlesbrough Council, faced questions on Monday.\n"
        "Ofsted inspectors led by Hester Vale visited from 6 to 17 May 2019 "
        "and rated the council’s services inadequate.\n"
        "Cllr Peter Rook, of the Labour Group, said Marion Dane had been the deputy mayor in 2015.\n"
        "She denied she was ever deputy mayor, and said the council might appoint Ann Kerr as chief executive.\n"
        "The Children's Scrutiny Panel meets in July. 🙂 The council paid £2.5m for repairs.\n"
    ),
)
SECOND = Document(
    id="second.txt",
    source="second.txt",
    title="Council leader stands firm",
    published="2019-07",
    text=(
        "Council leader Marion Dane welcomed the plan.\n"
        "Former leader of Hartlepool Council Marion Dane is no relation.\n"
        "Peter Rook was elected to the council in May 2015, "
        "and 41 per cent of pupils were absent in 2018, up from 30 per cent.\n"
    ),
)
DOCUMENTS = (FIRST, SECOND)


def fact(document: Document, evidence: str, relation: str, **arguments: Any) -> Fact:
    """A fact whose evidence is the sentence that holds these words; names of Fact's own fields go to those."""
    at = document.text.index(evidence)
    own = {name: arguments.pop(name) for name in ("attributed_to", "polarity", "certainty") if name in arguments}
    confidence = arguments.pop("confidence", 0.9)
    arguments = {name.rstrip("_"): value for name, value in arguments.items()}
    return Fact(
        document=document.id,
        relation=relation,
        arguments=arguments,
        evidence=document.excerpt(at, at + len(evidence)),
        confidence=confidence,
        extractor="hand",
        **own,
    )


WHEN = "2019-05-06/2019-05-17"
FACTS = (
    fact(FIRST, "Marion Dane, leader of Middlesbrough Council", "holds-role", person=DANE, role="leader", org=COUNCIL),
    fact(FIRST, "visited from 6 to 17 May 2019", "inspects", inspector=OFSTED, body=COUNCIL, when=WHEN, lead=LEAD),
    fact(
        FIRST,
        "rated the council’s services inadequate",
        "rates",
        inspector=OFSTED,
        body=COUNCIL,
        judgement="inadequate",
        service="children's services",
        when=WHEN,
    ),
    fact(FIRST, "Cllr Peter Rook, of the Labour Group", "member-of", person=ROOK, group=LABOUR),
    fact(
        FIRST,
        "said Marion Dane had been the deputy mayor in 2015",
        "says",
        speaker=ROOK,
        stance="states",
        gist="Marion Dane had been the deputy mayor in 2015",
        about=DANE,
        quote=False,
    ),
    fact(
        FIRST,
        "Marion Dane had been the deputy mayor in 2015",
        "holds-role",
        person=DANE,
        role="deputy mayor",
        org=COUNCIL,
        start="2015",
        attributed_to=ROOK,
    ),
    fact(FIRST, "She denied she was ever deputy mayor", "disputes", speaker=DANE, claim="deputy mayor", other=ROOK),
    fact(
        FIRST,
        "denied she was ever deputy mayor",
        "holds-role",
        person=DANE,
        role="deputy mayor",
        org=COUNCIL,
        polarity="negative",
    ),
    fact(
        FIRST,
        "the council might appoint Ann Kerr as chief executive",
        "appoints",
        person=Entity("Ann Kerr", "person"),
        role="chief executive",
        appointer=COUNCIL,
        org=COUNCIL,
        certainty="possible",
    ),
    fact(
        FIRST, "The Children's Scrutiny Panel meets in July", "meets", body=PANEL, when="2019-07", certainty="planned"
    ),
    fact(FIRST, "The Children's Scrutiny Panel", "part-of", part=PANEL, whole=COUNCIL),
    fact(FIRST, "The council paid £2.5m for repairs", "funds", payer=COUNCIL, amount=2_500_000, purpose="repairs"),
    fact(
        SECOND,
        "Council leader Marion Dane",
        "holds-role",
        person=DANE,
        role="leader",
        org=COUNCIL,
        confidence=0.7,
    ),
    fact(
        SECOND,
        "Former leader of Hartlepool Council Marion Dane",
        "holds-role",
        person=Entity("Marion Dane of Hartlepool", "person"),
        role="leader",
        org=OTHER_COUNCIL,
        status="former",
    ),
    fact(
        SECOND,
        "Peter Rook was elected to the council in May 2015",
        "appoints",
        person=ROOK,
        role="councillor",
        org=COUNCIL,
        when="2015-05",
    ),
    fact(
        SECOND,
        "41 per cent of pupils were absent in 2018, up from 30 per cent",
        "measures",
        subject="pupils",
        measure="absent",
        value=41,
        unit="percent",
        when="2018",
        from_=30,
    ),
)
