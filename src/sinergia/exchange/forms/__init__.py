"""What is typed about programmes, agreements and visits."""
