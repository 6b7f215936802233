"""From a scenario to a checked result: solve, cost, document, check."""
