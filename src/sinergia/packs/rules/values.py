"""Values of which rules are made: codes, sums, shares, scores, texts in two languages."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

MOST_MINOR = 2**53 - 1

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Minor = Annotated[int, Field(ge=0, le=MOST_MINOR)]
Share = Annotated[Decimal, Field(ge=0, le=1)]
Score = Annotated[Decimal, Field(ge=0, le=1_000, decimal_places=4)]
Days = Annotated[int, Field(ge=0, le=3_650)]
Months = Annotated[int, Field(ge=1, le=240)]


def _dotted(value: object) -> object:
    """A number of TOML as it is written: 0.1 is a tenth, not the nearest binary fraction."""
    return str(value) if isinstance(value, float) else value


Number = Annotated[Score, BeforeValidator(_dotted)]
Part = Annotated[Share, BeforeValidator(_dotted)]


class Strict(BaseModel):
    """Frozen; a name that means nothing here is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Strict):
    """A text in the languages of the house; Russian where there is no English."""

    ru: Text
    en: str = ""

    def told(self, language: str) -> str:
        """In one language; the sign of a currency stays in the line of its sum."""
        said = self.en or self.ru if language == "en" else self.ru
        return said.replace(" ₽", "\u00a0₽")
