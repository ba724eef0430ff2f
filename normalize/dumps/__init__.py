"""Clean dumps of any size: records -> batches of about 1 MB -> workers -> ordered writer -> accounting.

Start reading at run.py, which drives it all; then inputs, plan, reader, pool, worker, writer, sink, ledger, in this order.
What becomes of a bad record stands in worker.py. clean.py, replay.py and learn.py say what is done to a batch; record.py has
the types that travel; formats/ reads and writes them; log/ is the edit log, report/ the output for people.
"""
