"""Recordings become transcripts: decoding, hearing, telling voices apart, and what is doubtful in it.

Nothing heavy is imported before a recording is there; the packages are those of the extra `[audio]`.
"""
