"""From a company's own sheet to the demand of a scenario: columns matched by name, never a person's."""
