"""Places in the page for sections that other parts of the report make: sharing of costs, clauses."""

from collections.abc import Callable

from nido.report.html.blocks import Section
from nido.report.html.context import Context


def place_for(key: str) -> Callable[[Context], Section | None]:
    """Make the builder of a section that comes ready made, where there is one."""

    def build(context: Context) -> Section | None:
        return context.further.get(key)

    return build
