"""The price of a place that several companies use at different hours, divided between them by hours."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from nido.accordi.amount import AgreementKey
from nido.matching.solution import Agreement, Solution
from nido.scenari.schema import Scenario

# A part is written in ten-thousandths of a place: four decimals.
PARTS_OF_A_PLACE = 10_000

MonthKey = tuple[AgreementKey, str]


def shared_parts(scenario: Scenario, solution: Solution) -> Mapping[MonthKey, Decimal]:
    """Divide the places used together among the companies (docs/modello.md, section 10).

    Parameters
    ----------
    scenario
        The scenario, for the order of the companies.
    solution
        A plan of it, with the children of all companies together counted.

    Returns
    -------
    Mapping
        (agreement, month) -> places, with four decimals; the parts of a provider's month sum to the places
        used together, and none is above the company's own peak.

    Raises
    ------
    ValueError
        If the plan does not say how many places a provider's month uses together.
    """
    together = {(use.gestore, use.stagione): use.insieme_mese for use in solution.uso_insieme}
    minutes: dict[AgreementKey, int] = defaultdict(int)
    for served in solution.assegnazioni:
        key = (served.azienda, served.gestore, served.stagione)
        minutes[key] += served.minuti_richiesti - served.minuti_scoperti
    by_site: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    order = {azienda.id: index for index, azienda in enumerate(scenario.aziende)}
    for agreement in sorted(solution.accordi, key=lambda item: order[item.azienda]):
        by_site[agreement.gestore, agreement.stagione].append(agreement)
    found: dict[MonthKey, Decimal] = {}
    for site, agreements in by_site.items():
        if site not in together:
            raise ValueError(f"{'/'.join(site)}: the plan does not say how many places are used together")
        keys = [(one.azienda, one.gestore, one.stagione) for one in agreements]
        for month, peak in together[site].items():
            used = [one.usati_mese.get(month, 0) for one in agreements]
            parts = divide_places(peak, used, [minutes[key] for key in keys])
            found |= {(key, month): part for key, part in zip(keys, parts, strict=True)}
    return found


def divide_places(together: int, used: Sequence[int], minutes: Sequence[int]) -> list[Decimal]:
    """Divide places in proportion to minutes, nobody above what it uses alone.

    Parameters
    ----------
    together
        Places used by all at the same time, at most the sum of `used`.
    used
        Places that each uses alone.
    minutes
        Minutes of each; not zero for who uses a place.

    Returns
    -------
    list of Decimal
        Places of each, with four decimals; they sum to `together`.
    """
    exact = [part * PARTS_OF_A_PLACE for part in _proportional(together, used, minutes)]
    whole = [int(part) for part in exact]
    missing = together * PARTS_OF_A_PLACE - sum(whole)
    by_rest = sorted(range(len(exact)), key=lambda index: whole[index] - exact[index])
    for index in by_rest[:missing]:
        whole[index] += 1
    return [Decimal(part) / PARTS_OF_A_PLACE for part in whole]


def _proportional(together: int, used: Sequence[int], minutes: Sequence[int]) -> list[Fraction]:
    """Give each its proportion, and to who would exceed its own places just those, again and again."""
    parts: dict[int, Fraction] = {index: Fraction(0) for index, most in enumerate(used) if not most}
    left = Fraction(together)
    while len(parts) < len(used):
        open_ones = [index for index in range(len(used)) if index not in parts]
        rate = left / sum(minutes[index] for index in open_ones)
        full = [index for index in open_ones if rate * minutes[index] >= used[index]]
        for index in full:
            parts[index] = Fraction(used[index])
            left -= used[index]
        if not full:
            parts |= {index: rate * minutes[index] for index in open_ones}
    return [parts[index] for index in range(len(used))]
