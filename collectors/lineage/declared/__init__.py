"""Pipelines as they are declared: what each job reads and writes, and which Python its commands run.

`declared` in everything.py is the door. One file for each format; nothing in the tree is run.
"""
