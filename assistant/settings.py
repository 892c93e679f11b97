"""Settings: one class, every variable with the prefix HANDOFF_, read once at a door and passed down."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from assistant.errors import HandoffError

Structured = Literal["json_schema", "json_object", "prompt"]


class Settings(BaseSettings):
    """What a person configures by environment or by a .env file. Secrets are SecretStr: they never print."""

    model_config = SettingsConfigDict(
        env_prefix="HANDOFF_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data_dir: Path = Field(Path("~/.local/share/handoff"), description="Where the embedded store lies.")
    database_url: SecretStr | None = Field(
        None, description="postgresql://... instead of the SQLite file in the data folder."
    )
    reader: Literal["embedded", "llm"] | None = Field(
        None, description="Who reads the sources; none: the chat model if one is named, else embedded."
    )
    policy: Path | None = Field(None, description="The company's policy file for the review desk.")
    templates: Path | None = Field(
        None, description="Folder of the company's own Word templates, deal-summary.docx and so on."
    )
    host: str = Field("127.0.0.1", description="Address that the review desk listens at.")
    port: int = Field(7860, ge=0, le=65535, description="Its port.")
    https: bool = Field(False, description="1 where people come by https: cookies then travel by it only.")
    users_file: Path | None = Field(None, description="Who may sign in; else users.json in the data folder.")
    proxy_secret: SecretStr | None = Field(
        None, description="What an SSO proxy sends as X-Handoff-Proxy-Secret beside X-Forwarded-User."
    )
    session_hours: float = Field(12, gt=0, le=720, description="How long a sign-in lasts.")
    most_megabytes: int = Field(100, ge=1, le=2000, description="The largest file that may be added.")
    api_per_minute: int = Field(
        600, ge=1, description="Requests that one person's programs may send in a minute."
    )
    log: Literal["json", "text"] | None = Field(
        None, description="json: a line to stderr for all that happens, without a word of a deal."
    )
    metrics_token: SecretStr | None = Field(
        None, description="What Prometheus sends as a bearer token to read /metrics."
    )
    traces: str | None = Field(
        None, description="Where OpenTelemetry traces go, http://collector:4318; none: nowhere."
    )
    whisper_model: str | None = Field(
        None, description="Folder of a faster-whisper model; none: that of `handoff audio setup`."
    )
    speech_url: str | None = Field(
        None, description="A service that hears recordings, https://.../v1; their sound is sent to it."
    )
    speech_model: str = Field(
        "gpt-4o-transcribe-diarize", description="Its model; with diarize in its name it tells speakers."
    )
    speech_key: SecretStr | None = Field(None, description="The key for it.")
    send_by: Literal["file", "smtp", "webhook"] = Field(
        "file", description="How messages go out; file: mails in the folder outbox of the data folder."
    )
    smtp_host: str | None = Field(None, description="The mail server.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_tls: Literal["starttls", "tls", "none"] = Field("starttls", description="How the way there is kept.")
    smtp_user: str | None = Field(None, description="Who signs in to it; none: nobody.")
    smtp_password: SecretStr | None = Field(None, description="With this password.")
    smtp_from: str | None = Field(None, description="The address that messages come from.")
    webhook_url: SecretStr | None = Field(
        None, description="A chat's incoming webhook that takes Slack's format; whoever knows it can post."
    )
    tick_seconds: int = Field(
        60, ge=0, le=3600, description="How often `handoff serve` looks at the clocks; 0: never."
    )
    desk_url: str | None = Field(
        None, description="Where people and CRMs reach the review desk: https://handoff.example.com."
    )
    token: SecretStr | None = Field(None, description="Whose rights `handoff mcp` has: a person's token.")
    crm_owner: str | None = Field(
        None, description="Login of the AE who owns a deal whose own AE is nobody here."
    )
    hubspot_token: SecretStr | None = Field(None, description="Token of HubSpot's private app.")
    hubspot_secret: SecretStr | None = Field(None, description="Client secret that signs HubSpot's calls.")
    hook_secret: SecretStr | None = Field(None, description="Signs the calls to /hooks/signed.")
    hubspot_url: str | None = Field(None, description="Another address than https://api.hubapi.com.")
    salesforce_url: str | None = Field(None, description="https://yours.my.salesforce.com")
    salesforce_token: SecretStr | None = Field(None, description="An access token; or the two below.")
    salesforce_client_id: str | None = Field(None, description="Connected app with client credentials.")
    salesforce_client_secret: SecretStr | None = Field(None, description="Its secret.")
    model: str | None = Field(None, description="provider:name of a chat model; none: no model is asked.")
    base_url: str | None = Field(None, description="An endpoint that speaks the OpenAI protocol.")
    api_key: SecretStr | None = Field(None, description="The key for it; else the provider's own variable.")
    context: int | None = Field(
        None,
        ge=2_000,
        description="Input tokens that the model takes; told where its profile is unknown.",
    )
    plan: Literal["auto", "whole", "sources"] = Field(
        "auto", description="Ask over the whole deal at once, source by source, or what fits the context."
    )
    redact: bool = Field(
        False, description="1 replaces personal data by placeholders before anything leaves the machine."
    )
    concurrency: int = Field(32, ge=1, le=256, description="Calls that may be under way at once.")
    max_cost: float | None = Field(
        None,
        gt=0,
        description="US dollars that one deal may cost; it stops before they are passed.",
    )
    requests_per_minute: int | None = Field(None, ge=1, description="The provider's limit, if it has one.")
    tokens_per_minute: int | None = Field(None, ge=1_000, description="The provider's limit, if it has one.")
    connect_timeout: float = Field(5, gt=0, description="Seconds to wait for a connection.")
    timeout: float = Field(180, gt=0, description="Seconds to wait for one answer.")
    retries: int = Field(4, ge=0, le=20, description="How often a call that failed for now is tried again.")
    patience: float = Field(120, ge=0, description="Longest wait in seconds that a provider may ask for.")
    structured: Structured | None = Field(
        None, description="How JSON is asked for; none tries json_schema, json_object and prompt in turn."
    )
    temperature: float | None = Field(0, ge=0, le=2, description="Left out where the model refuses it.")
    model_options: dict[str, Any] = Field(
        {}, description='More for the provider, as JSON: {"reasoning_effort": "low"}.'
    )
    price_input: float | None = Field(None, ge=0, description="US dollars a million input tokens.")
    price_cached: float | None = Field(None, ge=0, description="The same for cached input.")
    price_output: float | None = Field(None, ge=0, description="The same for output.")


def read_settings() -> Settings:
    """The settings of this process. Raises HandoffError naming the first variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise HandoffError(
            f"HANDOFF_{name}: {first['msg']}. Correct the variable, or the line in .env."
        ) from None
    except SettingsError as error:
        raise HandoffError(f"{error}. HANDOFF_MODEL_OPTIONS is written as JSON.") from None
