"""kgraph builds a knowledge graph of local accountability from news articles, council papers and inspection reports."""
