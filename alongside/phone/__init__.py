"""The phone: contacts recorded where there is no signal, sealed until they reach the agency."""
