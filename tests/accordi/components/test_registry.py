"""The registry of components is complete."""

import pkgutil
from typing import Any, get_args

from nido.accordi import components
from nido.scenari.regole import Componente


def test_every_component_is_registered() -> None:
    """Files of the folder, registry and names of the ledger are the same, each once."""
    files = {module.name for module in pkgutil.iter_modules(components.__path__)}
    names = [component.nome for component in components.COMPONENTS]
    assert len(names) == len(set(names))
    assert set(names) == files == set(get_args(Componente))


def test_every_component_gives_its_own_name(make: Any) -> None:
    """The amounts of a component bear the name under which it is registered."""
    child = make.served("B001", fasce=("anticipo",), mesi_fascia={"anticipo": ("2026-10",)})
    plan = make.solution((child,), (make.agreement("alfa", "girasole", 2, {"2026-10": 1, "2026-11": 1}),))
    gestori = make.edited("gestori", "girasole", regime_iva="cinque_percento")
    for component in components.COMPONENTS:
        found = list(component.amounts(make.scenario(gestori=gestori), plan))
        assert found
        assert {amount.componente for amount in found} == {component.nome}
