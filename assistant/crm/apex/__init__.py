"""Apex that is deployed in Salesforce; see salesforce_metadata.py."""
