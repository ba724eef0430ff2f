"""Settings for all tests."""

from hypothesis import settings

# The first text a process cleans waits for the dictionaries: no time limit for a single example.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
