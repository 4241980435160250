"""Exchange of experience: programmes of two places, agreements, visits, what people take home."""
