"""Every change of programmes, agreements and visits."""
