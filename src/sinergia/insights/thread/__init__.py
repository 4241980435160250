"""«Что из этого выросло»: what something came from, and what came of it."""
