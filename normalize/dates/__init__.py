"""Dates: where a text prints one, which day is meant, and whether what is printed is right.

Start reading at mentions.py, which finds them; confirm.py passes by those that are plainly right, resolve.py decides about
the others by calendar.py, which knows names, slips and how likely a day is. article_date.py reads an article's own date,
order.py tells whether a column has the day or the month first.
"""
