"""What every section of the policy is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt

Count = Annotated[StrictInt, Field(ge=0)]
Positive = Annotated[StrictInt, Field(gt=0)]
Percent = Annotated[StrictInt, Field(ge=0, le=100)]


class Section(BaseModel):
    """Frozen, and refuses keys it does not know: a misspelt key must not silently do nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")
