"""Who reads and writes which data: Python, followed value by value without running any of it, and R by its text.

`observed` in entries.py is the door. What is known of libraries is data, in apis.py.
"""
