"""Settings: one class, every variable with the prefix HANDOFF_, read once at a door and passed down."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What a person configures by environment or by a .env file. Secrets are SecretStr: they never print."""

    model_config = SettingsConfigDict(env_prefix="HANDOFF_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(Path("~/.local/share/handoff"), description="Where the embedded store lies.")
    database_url: SecretStr | None = Field(
        None, description="postgresql://... instead of the SQLite file in the data folder."
    )
    model: str | None = Field(None, description="provider:name of a chat model; none means no model is asked.")
    base_url: str | None = Field(None, description="An endpoint that speaks the OpenAI protocol.")
    api_key: SecretStr | None = Field(None, description="The key for it; else the provider's own variable.")
