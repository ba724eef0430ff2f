"""Cleaning dumps: records -> batches of about 1 MB -> workers -> ordered writer -> accounting."""
