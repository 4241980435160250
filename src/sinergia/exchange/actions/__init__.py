"""Every change of programmes of exchange and of visits."""
