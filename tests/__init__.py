"""The tests; some start a pytest of their own."""

PLAIN = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
"""Options of such a pytest: it keeps nothing, and has no plugin that imports all of Hypothesis at its end."""
