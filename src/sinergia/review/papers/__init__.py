"""Review: papers."""
