"""Review: experts, conflicts, who reads what, sheets, rating, commission, decision, publication."""
