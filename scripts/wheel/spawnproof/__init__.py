"""Spawnproof, a program in Java, as a Python package: ``python -m spawnproof check .``"""
