"""Who hears: the model on this machine or the service that a person named; and what may be heard."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from assistant.errors import HandoffError
from assistant.packet import Deal
from assistant.protocol.policy import Policy
from assistant.settings import Settings
from extractors.recording import REMEDY
from extractors.speech.model import speech_folder, voices_file
from extractors.speech.worker import Ears

NO_EARS = f"{REMEDY[:1].upper()}{REMEDY[1:]}."
_FORM = re.compile(r",?\s+\b(?:inc|llc|ltd|limited|gmbh|corp|corporation|co|plc|s\.?a|ag|bv|pty)\b\.?", re.I)


def models_folder(settings: Settings) -> Path:
    """Where `handoff audio setup` puts its models."""
    return settings.data_dir.expanduser() / "models"


def ears_of(settings: Settings, deal: Deal | None = None) -> Ears:
    """What hears by these settings. A service only where HANDOFF_SPEECH_URL names one.

    Raises HandoffError naming both remedies where there is neither a model nor a service.
    """
    models, words = models_folder(settings), hotwords_of(deal or Deal())
    if settings.speech_url:
        key = settings.speech_key.get_secret_value() if settings.speech_key else None
        return Ears(url=settings.speech_url, model=settings.speech_model, key=key, hotwords=words)
    folder = speech_folder(models, settings.whisper_model)
    if folder is None:
        raise HandoffError(NO_EARS)
    return Ears(folder=folder, hotwords=words, voices=voices_file(models))


def ears_identity(settings: Settings) -> str:
    """What stands for whoever hears by these settings: another model, another text. "" where nobody does."""
    try:
        ears = ears_of(settings)
    except HandoffError:
        return ""
    needed = ("av",) if ears.folder is None else ("av", "faster_whisper")
    if not all(find_spec(name) for name in needed):
        return ""  # without the extra [audio] whoever tries says so
    if ears.folder is None:
        return f"{ears.url} {ears.model}"
    from extractors.speech.whisper import weights_sha256

    try:
        weights = weights_sha256(ears.folder)
    except OSError:
        return f"{ears.folder}"  # whoever hears with it says what is wrong
    return f"{weights} {bool(ears.voices)}"


def hotwords_of(deal: Deal) -> tuple[str, ...]:
    """Names that an ear should expect: companies without their legal form, and people."""
    companies = [_FORM.sub("", name).strip(" ,") for name in (deal.account, deal.vendor) if name]
    people = [deal.ae, deal.se, deal.csm, deal.cs_manager, *(p.name for p in deal.participants)]
    return tuple(dict.fromkeys(name for name in (*companies, *people) if name))


def see_consent(deal: Deal, policy: Policy, name: str) -> None:
    """Raises HandoffError where the policy refuses recordings whose participants did not note consent."""
    if policy.recordings.consent == "refuse" and not deal.consented(name):
        refused = deal.consented(name) is False
        why = "the participants did not consent" if refused else "nobody noted consent"
        raise HandoffError(
            f"Cannot read '{name}': {why} to being recorded, and the policy refuses such recordings: note it "
            "(on the screen Recordings, or consent: true in deal.yaml), or add the transcript instead."
        )
