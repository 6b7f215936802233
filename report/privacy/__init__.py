"""Privacy by construction: who sees what, decided once, and views that hold nothing else."""
