"""Benchmarks: printed tables, never timed tests. `python3 run.py bench` runs them all."""
