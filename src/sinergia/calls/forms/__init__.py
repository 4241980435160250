"""What is typed about funds, themes, directions and contests."""

from sinergia.calls.forms.funds import DirectionsForm, FundForm, ThemeForm

__all__ = ["DirectionsForm", "FundForm", "ThemeForm"]
