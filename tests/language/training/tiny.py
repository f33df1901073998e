"""Labels for networks small enough to be made in a test."""

from kgraph.language.training.network import Labels

LABELS = Labels(
    ("NNP", "VBD"),
    ("PROPN", "VERB"),
    ("nsubj", "root"),
    ("O", "B-ORG", "I-ORG"),
    ("denies", "states", "warns"),
    ("decides", "meets"),
)
