"""Handoff: from what a sales rep has to a packet that customer success can trust."""

__version__ = "0.1.0"
