"""Spiders: ``news`` reads newspapers, ``replay`` saved pages. Neither knows what an article looks like."""
