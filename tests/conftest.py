"""Settings for all tests."""

from hypothesis import settings

# The first text a process cleans waits for the dictionaries: no time limit for a single example. The same examples every
# time: a run tells of the change it tests, and `--hypothesis-profile=search` looks for new ones.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=3000)
settings.load_profile("suite")
