"""semipack: documents about semiconductor packaging become a knowledge graph whose every statement can be checked."""

__version__ = "0.1.0"
