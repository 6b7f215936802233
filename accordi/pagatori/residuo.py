"""Everything that is left."""

from nido.accordi.pagatori.mode import Mode

MODE = Mode("residuo", per_child=True)
