"""One file per signal. Nothing else changes when one is added."""
