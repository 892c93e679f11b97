"""What is deployed in Salesforce: the object, who may use it, and what tells of an opportunity that is won.

It is laid out for `sf project deploy start --metadata-dir FOLDER`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from xml.sax.saxutils import escape

from assistant.crm.record import FIELDS, Row

OBJECT, KEY = "Handoff__c", "Handoff_Key__c"
HOOK = "Handoff_Hook__c"
VERSION = "62.0"
LONGEST_TEXT = 2000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
TYPES = {
    "choice": "<type>Picklist</type>", "text": f"<type>LongTextArea</type><length>{LONGEST_TEXT}</length>"
    "<visibleLines>3</visibleLines>", "link": "<type>Url</type>",
    "number": "<type>Number</type><precision>8</precision><scale>1</scale>",
    "date": "<type>Date</type>", "moment": "<type>DateTime</type>",
}  # fmt: skip
CODE = ("HandoffHook.cls", "HandoffHookTest.cls", "HandoffOpportunity.trigger")
"""Files of apex/: what calls the desk, its test, and what starts it."""


def metadata(desk_url: str | None = None) -> dict[str, str]:
    """Path within the folder to deploy -> its text. `desk_url`: where Salesforce reaches the desk."""
    found = {
        "package.xml": _package(),
        f"objects/{OBJECT}.object": _object(),
        f"objects/{HOOK}.object": _hook(),
        "permissionsets/Handoff.permissionset": _permissions(),
        "remoteSiteSettings/Handoff.remoteSite": _site(desk_url or "https://YOUR-DESK"),
    }
    for name in CODE:
        kind = "ApexClass" if name.endswith(".cls") else "ApexTrigger"
        folder = "classes" if name.endswith(".cls") else "triggers"
        found[f"{folder}/{name}"] = resources.files("assistant.crm.apex").joinpath(name).read_text("utf-8")
        found[f"{folder}/{name}-meta.xml"] = _xml(
            kind, [f"<apiVersion>{VERSION}</apiVersion>", "<status>Active</status>"]
        )
    return dict(sorted(found.items()))


def field_name(name: str) -> str:
    """packet_link -> Packet_Link__c."""
    return "_".join(part.capitalize() for part in name.split("_")) + "__c"


def _xml(kind: str, lines: list[str]) -> str:
    return "\n".join([HEAD, f"<{kind} {XMLNS}>", *lines, f"</{kind}>"]) + "\n"


def _package() -> str:
    members = {
        "ApexClass": [name[:-4] for name in CODE if name.endswith(".cls")],
        "ApexTrigger": [name[:-8] for name in CODE if name.endswith(".trigger")],
        "CustomObject": [OBJECT, HOOK], "PermissionSet": ["Handoff"], "RemoteSiteSetting": ["Handoff"],
    }  # fmt: skip
    types = [
        f"<types>{''.join(f'<members>{name}</members>' for name in names)}<name>{kind}</name></types>"
        for kind, names in members.items()
    ]
    return _xml("Package", [*types, f"<version>{VERSION}</version>"])


def _object() -> str:
    """The record of a handoff."""
    lookup = (
        "<fields><fullName>Opportunity__c</fullName><label>Opportunity</label><type>Lookup</type>"
        "<referenceTo>Opportunity</referenceTo><relationshipName>Handoffs</relationshipName></fields>"
    )
    key = (
        f"<fields><fullName>{KEY}</fullName><label>Key</label><type>Text</type><length>40</length>"
        "<externalId>true</externalId><unique>true</unique></fields>"
    )
    return _xml("CustomObject", [
        "<label>Handoff</label><pluralLabel>Handoffs</pluralLabel>",
        "<nameField><label>Handoff</label><type>AutoNumber</type>"
        "<displayFormat>HO-{00000}</displayFormat></nameField>",
        "<deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel>",
        key, lookup, *(_field(field_name(name), row) for name, row in FIELDS.items()),
    ])  # fmt: skip


def _field(name: str, row: Row) -> str:
    choices = "".join(
        f"<value><fullName>{one}</fullName><default>false</default><label>{one.replace('_', ' ')}</label>"
        "</value>"
        for one in row.choices
    )
    definition = f"<valueSetDefinition><sorted>false</sorted>{choices}</valueSetDefinition>"
    values = f"<valueSet>{definition}</valueSet>" if choices else ""
    label = escape(row.label)
    return f"<fields><fullName>{name}</fullName><label>{label}</label>{TYPES[row.type]}{values}</fields>"


def _hook() -> str:
    """Where the desk is and the secret that signs calls: a protected custom setting, filled by an admin."""
    fields = [
        f"<fields><fullName>{name}__c</fullName><label>{label}</label><type>Text</type><length>255</length>"
        "</fields>"
        for name, label in (("Url", "Address of the desk"), ("Secret", "HANDOFF_HOOK_SECRET"))
    ]
    return _xml("CustomObject", [
        "<label>Handoff webhook</label><customSettingsType>Hierarchy</customSettingsType>",
        "<visibility>Protected</visibility>", *fields,
    ])  # fmt: skip


def _permissions() -> str:
    """Fields that are deployed are nobody's until somebody is given them."""
    return _xml("PermissionSet", ["<label>Handoff</label>", *_field_rights(), *_object_rights()])


def _field_rights() -> Iterator[str]:
    for name in (KEY, "Opportunity__c", *map(field_name, FIELDS)):
        yield (
            "<fieldPermissions><editable>true</editable>"
            f"<field>{OBJECT}.{name}</field><readable>true</readable></fieldPermissions>"
        )


def _object_rights() -> Iterator[str]:
    rights = {"Create": "true", "Delete": "false", "Edit": "true", "Read": "true"}
    allowed = "".join(f"<allow{name}>{value}</allow{name}>" for name, value in rights.items())
    yield (
        f"<objectPermissions>{allowed}<modifyAllRecords>false</modifyAllRecords>"
        f"<object>{OBJECT}</object><viewAllRecords>true</viewAllRecords></objectPermissions>"
    )


def _site(address: str) -> str:
    lines = [
        "<description>The review desk of Handoff</description>",
        "<disableProtocolSecurity>false</disableProtocolSecurity>",
        "<isActive>true</isActive>",
        f"<url>{escape(address.rstrip('/'))}</url>",
    ]
    return _xml("RemoteSiteSetting", lines)
