"""The table of formats: which file is read by what, and what to do about the others."""

from __future__ import annotations

EXTRACTORS: dict[str, str] = {
    ".vtt": "extractors.vtt",
    ".srt": "extractors.srt",
    ".txt": "extractors.plain",
    ".md": "extractors.plain",
    ".markdown": "extractors.plain",
    ".html": "extractors.page",
    ".htm": "extractors.page",
    ".json": "extractors.transcript_json",
    ".jsonl": "extractors.transcript_json",
    ".eml": "extractors.eml",
    ".mbox": "extractors.mbox",
    ".msg": "extractors.msg",
    ".pdf": "extractors.pdf",
    ".docx": "extractors.docx",
    **dict.fromkeys(
        (".mp3", ".m4a", ".wav", ".mp4", ".webm", ".ogg", ".opus", ".flac", ".aac", ".mov", ".mkv", ".wma"),
        "extractors.recording",
    ),
}
"""Suffix -> the module whose `extract(data, name) -> list[Source]` reads it; imported when needed."""

OF_ANY_KIND = frozenset({"extractors.plain", "extractors.pdf", "extractors.docx"})
"""What may hold a call, a contract or notes: `extract(data, name, kind)` can be told which."""

FITTING: dict[str, tuple[str, ...]] = {
    ".vtt": ("vtt", "srt"),
    ".srt": ("srt", "vtt"),
    ".txt": ("text", "vtt", "srt", "json", "mail", "mbox", "html"),
    ".md": ("text", "vtt", "srt", "json", "mail", "mbox", "html"),
    ".markdown": ("text", "vtt", "srt", "json", "mail", "mbox", "html"),
    ".html": ("html",),
    ".htm": ("html",),
    ".json": ("json", "text"),
    ".jsonl": ("json", "text"),
    ".eml": ("mail",),
    ".mbox": ("mbox",),
    ".msg": ("msg",),
    ".pdf": ("pdf",),
    ".docx": ("docx", "zip", "encrypted office"),
    **dict.fromkeys(
        (".mp3", ".m4a", ".wav", ".mp4", ".webm", ".ogg", ".opus", ".flac", ".aac", ".mov", ".mkv", ".wma"),
        ("recording", "binary"),
    ),
}
"""Suffix -> what its bytes may be (words of true_type); anything else is a wrong name."""

TRUE_TYPES: dict[str, tuple[str, str]] = {
    "vtt": ("WebVTT", "extractors.vtt"),
    "srt": ("SubRip", "extractors.srt"),
    "json": ("JSON", "extractors.transcript_json"),
    "html": ("HTML", "extractors.page"),
    "mail": ("a mail", "extractors.eml"),
    "mbox": ("a mailbox", "extractors.mbox"),
    "msg": ("an Outlook message", "extractors.msg"),
    "pdf": ("PDF", "extractors.pdf"),
    "docx": ("a Word document", "extractors.docx"),
    "recording": ("a recording", "extractors.recording"),
    "text": ("plain text", "extractors.plain"),
}
"""What a wrongly named file is read as."""

REMEDIES: dict[str, str] = {
    "doc": "old Word documents are not read: save it as .docx",
    "encrypted office": "it is protected by a password: save it without one",
    "xls": "spreadsheets are not read: save the sheet that matters as .pdf or .txt",
    "xlsx": "spreadsheets are not read: save the sheet that matters as .pdf or .txt",
    "ppt": "slides are not read: save them as .pdf",
    "pptx": "slides are not read: save them as .pdf",
    "rtf": "rich text is not read: save it as .docx",
    "zip": "archives are not opened: unpack it into the folder",
    "archive": "archives are not opened: unpack it into the folder",
    "image": "images are not read: add the document it shows as .pdf or .docx with text",
    "recording": "this kind of recording is not read: save it as .mp3, or add the call's transcript",
    "ole": "it is an Office file of an unknown kind: save it as .docx or .pdf",
    "binary": "it holds no text: export it in one of the formats that are read",
}
"""What to do about files whose bytes are none of the above."""

UNREAD_SUFFIXES: dict[str, str] = {
    **dict.fromkeys((".doc", ".dot"), "doc"),
    **dict.fromkeys((".xls", ".xlsx", ".xlsm", ".csv", ".tsv", ".ods", ".numbers"), "xlsx"),
    **dict.fromkeys((".ppt", ".pptx", ".key", ".odp"), "pptx"),
    **dict.fromkeys((".rtf", ".odt", ".pages"), "rtf"),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar", ".tgz"), "zip"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"), "image"),
    ".avi": "recording",
}
