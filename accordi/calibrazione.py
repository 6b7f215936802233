"""The bottom-up cost of the three public nidi of Pergine against what was published about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from nido.data import Voce, voce
from nido.data.profili import profilo
from nido.matching.instance import Staffing
from nido.matching.money import half_up

PROFILE = "trentino"
NIDI = ("il_bucaneve", "il_castello", "il_girasole")
PART_TIME = "il_girasole"
# First days of the two years: that of the published accounts, and that of the last published figure.
YEARS = (date(2017, 1, 1), date(2025, 1, 1))
PUBLISHED_TOTAL = "costi.pergine_consuntivo.totale"
PUBLISHED = "calibrazione.spesa_bambino"
BEFORE = "calibrazione.spesa_bambino_prima"
COMPONENTS = (*("educatrici", "non_frontali", "ausiliarie", "cuochi", "pasti", "coordinamento", "generali"),)
KEYS: Mapping[str, str] = {
    "educator": "calibrazione.ora_educatrice",
    "helper": "calibrazione.ora_ausiliaria",
    "cook": "calibrazione.ora_cuoco",
    "meal": "costi.pasto",
    "factor": "costi.ore_non_frontali.fattore",
    "helpers": "costi.ausiliari_per_educatore",
    "overheads": "costi.generali.percento",
    "days": "calendario.giorni_apertura_anno",
    "small": "calibrazione.piccoli_percento",
    "central": "calibrazione.ore_centrali",
    "edges": "calibrazione.ore_estreme",
    "at_edges": "calibrazione.presenza_estreme_percento",
    "part_time": "calibrazione.ore_tempo_parziale",
    "full_time": f"calibrazione.{PART_TIME}.tempo_pieno_percento",
    "cooks": "calibrazione.cuochi_nido",
    "week": "costi.orario_contratto.settimana",
    "coordinators": "calibrazione.coordinatrici",
    "worked": "costi.orario_contratto.ore_lavorate_anno",
}
RULES = (
    *("banda.piccoli.bambini_per_educatore", "banda.grandi.bambini_per_educatore"),
    *("rapporto.copresenza_minima", "rapporto.arrotondamento_gruppi"),
)
PAY_RANGE = "calibrazione.ora_variazione_percento"
DAYS_IN_WEEK = 5


@dataclass(frozen=True, slots=True)
class Cifre:
    """Figures of one year, as the tables give them: EUR, hours, days, per cent, people."""

    educator: Fraction
    helper: Fraction
    cook: Fraction
    meal: Fraction
    factor: Fraction
    helpers: Fraction
    overheads: Fraction
    days: Fraction
    small: Fraction
    central: Fraction
    edges: Fraction
    at_edges: Fraction
    part_time: Fraction
    full_time: Fraction
    cooks: Fraction
    week: Fraction
    coordinators: Fraction
    worked: Fraction


@dataclass(frozen=True, slots=True)
class Prova:
    """One figure moved within its range: EUR per child and year at either end."""

    nome: str
    basso: str
    alto: str
    per_bambino_basso: int
    per_bambino_alto: int


@dataclass(frozen=True, slots=True)
class Calibrazione:
    """One year: what the model says and what was published, in whole euro.

    Attributes
    ----------
    anno
        The year.
    bambini
        Children of each nido.
    ore_giorno
        Educator-hours on duty in a day, in the three nidi.
    componenti
        EUR by component; rounded as running totals, so that they sum to `totale`.
    totale, per_bambino
        EUR a year, rounded half up once each.
    pubblicato_totale, pubblicato_per_bambino, pubblicato_prima
        What was published; the total is known for the first year only, and what the figure per child had been
        before for the last only.
    prove
        What becomes of `per_bambino` when one figure is another.
    """

    anno: int
    bambini: tuple[int, ...]
    ore_giorno: Fraction
    componenti: Mapping[str, int]
    totale: int
    per_bambino: int
    pubblicato_totale: int | None
    pubblicato_per_bambino: int
    pubblicato_prima: int | None
    prove: tuple[Prova, ...]

    @property
    def scarto(self) -> int:
        """EUR by which the model is above the published figure (total, or per child without one)."""
        if self.pubblicato_totale is not None:
            return self.totale - self.pubblicato_totale
        return self.per_bambino - self.pubblicato_per_bambino

    @property
    def pubblicato(self) -> int:
        """What `scarto` is measured against."""
        return self.pubblicato_totale or self.pubblicato_per_bambino


def calibrations() -> tuple[Calibrazione, ...]:
    """Compute every year of `YEARS`."""
    return tuple(_calibration(day) for day in YEARS)


def figures_used() -> tuple[Voce, ...]:
    """List the rows of the tables behind the two years, each once, in the order of use."""
    keys = [f"calibrazione.{name}.bambini" for name in NIDI]
    keys += [*(f"{PROFILE}.{rule}" for rule in RULES), *KEYS.values(), PAY_RANGE, PUBLISHED]
    found = [voce(key, day) for key in keys for day in YEARS]
    found += [voce(PUBLISHED_TOTAL, YEARS[0]), voce(BEFORE, YEARS[1])]
    return tuple(dict.fromkeys(found))


def figures_of(day: date) -> Cifre:
    """Read the figures of a year."""
    return Cifre(**{name: _number(key, day) for name, key in KEYS.items()})


def yearly_cost(children: Mapping[str, int], figures: Cifre) -> dict[str, Fraction]:
    """Build the yearly cost up by component, exact EUR.

    Parameters
    ----------
    children
        Children of each nido; those of `PART_TIME` are in part there for fewer hours.
    figures
        The figures of the year.

    Returns
    -------
    dict
        Educators on duty x hours x days x pay; their non-contact hours; auxiliaries in proportion to them;
        cooks; a meal for every child and day; coordination; overheads on all these.
    """
    hours = sum(duty_hours(name, number, figures) for name, number in children.items()) * figures.days
    cooks = len(children) * figures.cooks * figures.week / DAYS_IN_WEEK * figures.days
    found = {
        "educatrici": hours * figures.educator,
        "non_frontali": hours * figures.educator * (figures.factor - 1),
        "ausiliarie": hours * figures.helpers * figures.helper,
        "cuochi": cooks * figures.cook,
        "pasti": sum(children.values()) * figures.days * figures.meal,
        "coordinamento": figures.coordinators * figures.worked * figures.educator,
    }
    return {**found, "generali": sum(found.values(), Fraction(0)) * figures.overheads / 100}


def duty_hours(name: str, children: int, figures: Cifre) -> Fraction:
    """Educator-hours on duty in a day of one nido, by the ratio and the least presence of the profile."""
    whole_day = half_up(children * figures.full_time / 100) if name == PART_TIME else children
    shorter = min(figures.part_time, figures.central)
    spans = (
        (shorter, children),
        (figures.central - shorter, whole_day),
        (figures.edges, half_up(whole_day * figures.at_edges / 100)),
    )
    return sum((hours * educators(there, figures) for hours, there in spans), Fraction(0))


def educators(children: int, figures: Cifre) -> int:
    """Educators for some children present, small and older in the stated proportion."""
    rules = profilo(PROFILE)
    bands = rules.bande
    small = half_up(children * figures.small / 100)
    staffing = Staffing(
        bands=tuple(band.id for band in bands),
        children_per_educator=tuple(band.bambini_per_educatore for band in bands),
        mixed=rules.arrotondamento_gruppi == "somma_mista",
        copresence=rules.copresenza_minima,
        by_season=True,
        enrolled=False,
        active=True,
    )
    return staffing.existing((small, children - small))


def _calibration(day: date) -> Calibrazione:
    children = {name: int(_number(f"calibrazione.{name}.bambini", day)) for name in NIDI}
    figures, number = figures_of(day), sum(children.values())
    exact = yearly_cost(children, figures)
    return Calibrazione(
        anno=day.year,
        bambini=tuple(children.values()),
        ore_giorno=sum((duty_hours(*entry, figures) for entry in children.items()), Fraction(0)),
        componenti=_rounded(exact),
        totale=half_up(sum(exact.values(), Fraction(0))),
        per_bambino=half_up(sum(exact.values(), Fraction(0)) / number),
        pubblicato_totale=int(_number(PUBLISHED_TOTAL, day)) if day == YEARS[0] else None,
        pubblicato_per_bambino=int(_number(PUBLISHED, day)),
        pubblicato_prima=int(_number(BEFORE, day)) if day == YEARS[-1] else None,
        prove=tuple(_trials(children, figures, day)),
    )


def _rounded(exact: Mapping[str, Fraction]) -> dict[str, int]:
    running, stated, found = Fraction(0), 0, dict[str, int]()
    for name in COMPONENTS:
        running += exact[name]
        found[name] = half_up(running) - stated
        stated = half_up(running)
    return found


def _trials(children: Mapping[str, int], figures: Cifre, day: date) -> Iterator[Prova]:
    """Move the figures that matter most, one at a time, to the ends of their ranges."""

    def per_child(changed: Cifre) -> int:
        whole = sum(yearly_cost(children, changed).values(), Fraction(0))
        return half_up(whole / sum(children.values()))

    def trial(name: str, field: str, low: str, high: str) -> Prova:
        ends = [voce(key, day) for key in (low, high)]
        results = [per_child(replace(figures, **{field: Fraction(end.numero)})) for end in ends]
        return Prova(name, ends[0].valore, ends[1].valore, *results)

    move = _number(PAY_RANGE, day)
    paid = [
        per_child(
            replace(
                figures,
                educator=figures.educator * (1 + sign * move / 100),
                helper=figures.helper * (1 + sign * move / 100),
                cook=figures.cook * (1 + sign * move / 100),
            )
        )
        for sign in (-1, 1)
    ]
    range_text = voce(PAY_RANGE, day).valore
    yield Prova("paghe", f"-{range_text}", f"+{range_text}", *paid)
    own = "calibrazione."
    yield trial("generali", "overheads", f"{own}generali_percento_minimo", f"{own}generali_percento_massimo")
    yield trial("piccoli", "small", f"{own}piccoli_percento_minimo", f"{own}piccoli_percento_massimo")
    yield trial(
        "estreme",
        "at_edges",
        f"{own}presenza_estreme_percento_minima",
        f"{own}presenza_estreme_percento_massima",
    )
    yield trial("giorni", "days", f"{own}giorni_minimi", f"{own}giorni_massimi")


def _number(key: str, day: date) -> Fraction:
    return Fraction(voce(key, day).numero)
