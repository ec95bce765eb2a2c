"""Figures: numbers with units (quantities), then whose, of what, when, and whether target or fact (attach)."""
