"""Clean dumps of any size: records -> batches of about 1 MB -> workers -> ordered writer -> accounting.

Start reading at run.py, which drives it all; then inputs, plan, reader, pool, worker, writer, sink, ledger, in this order.
What becomes of a bad record stands in worker.py. clean.py, replay.py, noise.py, learn.py and copies.py say what is done to a
batch; record.py has the types that travel, tally.py and noise_profile.py the counts. locations.py opens inputs wherever they
lie, sniff.py tells their format, survey.py their fields, preflight.py whether a run can begin; draw.py draws samples,
errors.py has the two ways to fail. formats/ reads and writes records; log/ is the edit log, places.py and visible.py show
what stands around an edit; report/ is the output for people, review/ asks them about edits, compare/ holds two runs side by
side.
"""
