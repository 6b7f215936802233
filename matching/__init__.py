"""Engine: from a scenario to a verified solution (calendar, care windows, model, solve, checks)."""
