"""Expressions of time: what words are recognised (`english.toml`, `recognise`) and what they are worth (`normalise`)."""
