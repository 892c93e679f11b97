"""Words of the screen of documents."""

GROUPS = {
    "Decide": "To decide",
    "Plan": "To plan",
    "Meet": "For the meeting",
    "Tell the customer": "To tell the customer",
    "Keep": "To keep",
}
"""What a document is for, in the order in which a handover needs them."""
EVERYTHING = "All in one"
EVERYTHING_AS_ZIP = "Every document in one file, with the data"
DATA = "Data"
VERSIONS = (
    "Every document states the packet's version, {version}, and its template. Older versions of the packet "
    "are under Versions; an older template is linked beside its document."
)
TEMPLATE = "Template {version}"
OWN_TEMPLATES = "Your own Word templates are in use where there is one."
