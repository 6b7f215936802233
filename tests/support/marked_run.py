"""Random scenarios full of marked secrets, solved for real: what `nido accordi` may not write to whom."""

import itertools
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from leaks import Leak, Secret, leaks, money_secrets
from marked import COMPANIES, PAYERS, PROVIDERS, SURNAME, TOWNS, marked_values

from nido.accordi.money import half_up

DISABILITY = "disabilità certificata QZX-104"
ACT = "prot. QW73451"
NOTICE_DAYS = 317
# Who cannot use which provider: so that some have nothing to do with some.
APART = {"alfa": "nido_tre", "vicina_gamma": "nido_uno"}
SMALLEST = 10_000
# What lines of the ledger may be alike in, when a document adds them up.
ALIKE = ("azienda", "gestore", "pagatore", "componente", "mese")
FEES: tuple[dict[str, Any], ...] = (
    {
        "id": "azienda",
        "modo": "differenza_azienda",
        "importo_mese": 800,
        "tariffa": "trento",
        "voci": ["posto"],
    },
    {"id": "azienda_vuoti", "modo": "quota", "quota": 1, "voci": ["vuoto"]},
    {"id": "famiglia", "modo": "residuo", "voci": ["posto", "fascia", "ora", "pasto"]},
)

Run = Callable[..., Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """The documents of a case.

    Attributes
    ----------
    scenario, document
        As `nido solve` saved them.
    out
        The folder of documents.
    """

    scenario: Row
    document: Row
    out: Path

    @property
    def agreements(self) -> Row:
        """Give the simulated agreements, as the district has them."""
        found: Row = json.loads((self.out / "distretto" / "accordi.json").read_bytes())
        return found

    @property
    def readers(self) -> Iterator[tuple[str, str]]:
        """Give the companies and gestori with an agreement."""
        for kind in ("azienda", "gestore"):
            yield from ((kind, one) for one in dict.fromkeys(row[kind] for row in self.document["accordi"]))

    def files(self, kind: str, subject: str) -> dict[str, bytes]:
        """Read everything that is written for a reader."""
        folder = self.out / {"azienda": "aziende", "gestore": "gestori"}[kind] / subject
        return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

    def found(self, kind: str, subject: str) -> list[Leak]:
        """Search the files of a reader for what it may not read."""
        return leaks(self.files(kind, subject), secrets(self, kind, subject))


def written(
    seed: int, folder: Path, run: Run, change: Callable[[dict[str, Any]], object] | None = None
) -> Written:
    """Solve a drawn scenario and write its documents, fair shares included.

    Parameters
    ----------
    seed
        Of the draw.
    folder
        Where to work; it must not exist.
    run
        Runs a command line of nido and gives its result.
    change
        Something to change in the scenario.
    """
    folder.mkdir()
    scenario = scenario_of(seed)
    if change is not None:
        change(scenario)
    source = folder / "caso.yaml"
    source.write_text(
        f"# {SURNAME}: {DISABILITY}\n{json.dumps(scenario, ensure_ascii=False)}\n", encoding="utf-8"
    )
    plan = folder / "piano"
    for command in (
        ("solve", source, "-q", "--senza-confronto", "--out", plan),
        ("accordi", plan / "risultato.json", "--out", folder / "documenti", "-q"),
    ):
        result = run(*command)
        if result.exit_code != 0:
            raise AssertionError(f"{command[0]}, seed {seed}: {result.output}")
    document = json.loads((plan / "risultato.json").read_bytes())
    return Written(scenario, document, folder / "documenti")


def scenario_of(seed: int) -> dict[str, Any]:
    """Draw a scenario; the same seed gives the same one."""
    draw = random.Random(seed)
    children = [_child(draw, index, company) for index, company in enumerate(_companies(draw))]
    children[0]["assegnato_a"] = [{"gestore": "nido_uno"}]
    payers = draw.choice(([*PAYERS[1:3], PAYERS[0], PAYERS[3]], list(FEES)))
    events = [
        {"tipo": "esce", "mese": "2026-11", "bambino": children[0]["id"]},
        {
            "tipo": "entra",
            "mese": "2026-12",
            "bambino": "ZQ9901-1",
            "azienda": "alfa",
            "gestore": "nido_uno",
            "come": children[0]["id"],
        },
    ]
    return {
        "formato": "nido-scenario/1",
        "nome": "Caso segnato",
        "dati_sintetici": True,
        "passo_minuti": 30,
        "stagioni": [{"id": "autunno", "inizio": "2026-09-01", "fine": "2026-12-31"}],
        "rotazioni": [
            {"id": name, "tipo": "fissa", "turni": [{"giorni": "lun-ven", "orario": hours}]}
            for name, hours in (("mattina", "06:30-14:00"), ("giorno", "08:00-16:00"))
        ],
        "aziende": [_company(draw, index, name) for index, name in enumerate(COMPANIES)],
        "gestori": [_provider(draw, index, name) for index, name in enumerate(PROVIDERS)],
        "bambini": children,
        "pagatori": payers,
        "regole": {"idoneita": {"deviazione_massima_minuti": None}, "attivazione": {"soglia": 2}},
        "alternativa": {"ora_bambino": "8.13"},
        "accordo_quadro": {
            "clausole": {"preavviso": {"giorni": 60}},
            "eccezioni": [{"azienda": "vicina_beta", "clausole": {"preavviso": {"giorni": NOTICE_DAYS}}}],
            "percorsi": [
                {"id": "uno", "nome": f"{SURNAME}: {DISABILITY}", "probabilita": 0.3, "eventi": events}
            ],
            "firme": [{"azienda": "vicina_beta", "data": "2026-08-03", "atto": ACT}],
        },
    }


def _companies(draw: random.Random) -> list[str]:
    sizes = {
        "alfa": draw.choice((1, 2, 6)),
        "vicina_beta": draw.choice((1, 3, 7)),
        "vicina_gamma": draw.choice((1, 5)),
    }
    return [name for name, size in sizes.items() for _ in range(size)]


def _company(draw: random.Random, index: int, name: str) -> dict[str, Any]:
    budget = f"7345{index}1.9{index}"
    return {
        "id": name,
        "nome": f"Società {name.upper()} di prova",
        "sede": {"comune": "Pergine Valsugana"},
        "quota": draw.choice((0.3, 0.35, 0.5)),
        "budget_annuo": budget,
        "ipotesi": [{"nota": f"budget di {name}: {budget}", "chiavi": []}],
    }


def _provider(draw: random.Random, index: int, name: str) -> dict[str, Any]:
    # No two prices alike, and none that is round.
    price = f"{600 + 40 * index + draw.randint(1, 30)}.{31 + 20 * index + draw.randint(0, 9)}"
    return {
        "id": name,
        "nome": f"Struttura {name.upper()}",
        "tipo": "nido",
        "comune": TOWNS[index],
        "posti": 20,
        "base": {"giorni": "lun-ven", "orario": "07:30-16:30"},
        "fasce": [
            {
                "id": "anticipo",
                "giorni": "lun-ven",
                "orario": "06:00-07:30",
                "prezzo_mese": f"{57 + index}.3{index + 3}",
            }
        ],
        "prezzi": {"posto_mese": price, "pasto_giorno": f"4.8{index + 1}"},
        "ipotesi": [{"nota": f"prezzo di {name}: {price}", "chiavi": []}],
    }


def _child(draw: random.Random, index: int, company: str) -> dict[str, Any]:
    child: dict[str, Any] = {
        "id": f"ZQ{7001 + index}-{draw.randint(100, 999)}",
        "azienda": company,
        "nascita": f"2025-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
        "comune": draw.choice(TOWNS),
        **marked_values(draw),
        "assenze": [
            {"inizio": "2026-09-14", "fine": "2026-09-15", "motivo": f"visita di {SURNAME}, {DISABILITY}"}
        ],
        "adulti": [{"azienda": company, "turni": [{"rotazione": draw.choice(("mattina", "giorno"))}]}],
    }
    if company in APART:
        child["esclusi"] = [APART[company]]
    return child


def secrets(case: Written, kind: str, subject: str) -> list[Secret]:
    """Give all that a reader may not read: of the families, of the other companies, of the other gestori."""
    return [*_families(case), *_others(case, kind, subject), *_amounts(case, kind, subject)]


def _families(case: Written) -> Iterator[Secret]:
    yield Secret("surname", SURNAME)
    yield Secret("disability", "QZX-104")
    yield Secret("id of who enters", "ZQ9901-1")
    for child in case.scenario["bambini"]:
        yield Secret(f"id of {child['id']}", child["id"])
        yield Secret(f"ICEF of {child['id']}", child["icef"])
        yield Secret(f"ICEF of {child['id']}", child["icef"].replace(".", ","))
        yield from money_secrets(f"ISEE of {child['id']}", Decimal(child["isee"]))
        for degrees in child["casa"].values():
            yield Secret(f"home of {child['id']}", str(degrees))
            yield Secret(f"home of {child['id']}", str(degrees).replace(".", ","))


def _others(case: Written, kind: str, subject: str) -> Iterator[Secret]:
    """Give ids, names, budgets, prices, clauses and acts of those that the reader has nothing to do with."""
    signed = case.document["accordi"]
    mine = [row for row in signed if row[kind] == subject]
    known = {subject, *(row[other] for row in mine for other in ("azienda", "gestore"))}
    for one in (*case.scenario["aziende"], *case.scenario["gestori"]):
        if one["id"] not in known:
            yield Secret(f"id of {one['id']}", one["id"])
            yield Secret(f"name of {one['id']}", one["nome"])
    for company in case.scenario["aziende"]:
        if company["id"] != subject:
            yield from money_secrets(f"budget of {company['id']}", Decimal(company["budget_annuo"]))
    for provider in case.scenario["gestori"]:
        if provider["id"] not in known:
            for price in (provider["prezzi"]["posto_mese"], provider["fasce"][0]["prezzo_mese"]):
                yield from _euro(f"price of {provider['id']}", Decimal(price))
    if "vicina_beta" not in known:
        yield Secret("act of vicina_beta", ACT)
        yield Secret("clause of vicina_beta", f"{NOTICE_DAYS} giorni")


def _amounts(case: Written, kind: str, subject: str) -> Iterator[Secret]:
    """Give the sums of the other companies, or of the other gestori, and what each child's payers pay."""
    rows = case.document["registro"]["righe"]
    mine: set[int] = set()
    for lines in (rows, *(one["righe"] for one in case.agreements["percorsi"])):
        own = [row for row in lines if row[kind] == subject]
        # Months as well: who has one place at the price of another's has its amounts too.
        for row in own:
            row["mese"] = row["data"][:7]
        mine |= {
            cents
            for size in range(len(ALIKE) + 1)
            for keys in itertools.combinations(ALIKE, size)
            for cents in _sums(own, keys).values()
        }
    # A company may read its flat share in the place of what it pays.
    shares = {Decimal(str(one["quota"])) for one in case.scenario["aziende"]}
    mine |= {half_up(share * cents) for share in shares for cents in mine}
    for name in sorted({row[kind] for row in rows} - {subject}):
        theirs = [row for row in rows if row[kind] == name]
        for keys in ((), ("azienda", "gestore"), ("pagatore",)):
            for key, cents in _sums(theirs, keys).items():
                if cents >= SMALLEST and cents not in mine:
                    yield from _euro(f"amount of {name}: {', '.join(key)}", Decimal(cents) / 100)
    for name in sorted({row[kind] for row in case.document["assegnazioni"]} - {subject}):
        served = [row for row in case.document["assegnazioni"] if row[kind] == name]
        yield Secret(f"minutes of {name}", str(sum(row["minuti_richiesti"] for row in served)))


def _euro(what: str, euro: Decimal) -> Iterator[Secret]:
    """Give the ways in which an amount may be written with its cents: without, it may be another's euro."""
    return (one for one in money_secrets(what, euro) if not one.text.isdigit())


def _sums(rows: Iterable[Row], keys: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Add up lines that are alike in some things."""
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for row in rows:
        found[tuple(row[key] for key in keys)] += row["importo_cent"]
    return found
