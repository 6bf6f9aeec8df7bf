"""Referrals between agencies and services: asked, answered, started; and every time a service said no."""
