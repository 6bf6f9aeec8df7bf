"""Accounts: sign-in, second factors, own sessions. Nobody can sign herself up."""
