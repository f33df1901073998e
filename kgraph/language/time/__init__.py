"""Expressions of time: which words are recognised (`english.toml`, `recognise`), what they are worth (`normalise`)."""
