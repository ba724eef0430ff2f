"""What a run shows a person: the diff of a text, and the page of a report. Start reading at data.py."""
