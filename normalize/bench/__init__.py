"""Timing the engine, part by part, and the tools it is compared with. Start reading at timing.py."""
