"""Counts that were published before: what the same reader may learn by laying two publications side by side.

Two counts of the same name, 7 then and 9 now, tell of two children. So whoever reads again is shown no count
whose difference from an earlier one is small, none that gives such a difference away through sums, and the
proof is that of `cells`: whoever knows everything that was published, then and now, must still think possible
that nothing changed as well as that the threshold was reached.

A gestore looks after the children that it is told of, and the district holds the data: only what a company
reads is compared.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from nido.report.privacy.audience import Audience
from nido.report.privacy.cells import Count, Grid, Place, bounds, protect, steady
from nido.report.privacy.view import OTHER_TOWNS, HomeRow, Line, View

# A count's name -> the count, as it was shown.
Shown = Mapping[str, int]
Site = tuple[str, str]

SERVED = ("richieste", "piene", "parziali", "non_servite")
MINUTES = ("minuti_coperti", "minuti_chiesti")
TOWN = "comuni"
STANDARD = "orario_standard"
# The reserved places of an agreement are its company's own: they say that there was one.
PLACES = "posti"
SITE = ("gestore", "stagione")
_FINGERPRINT = 12


@dataclass(frozen=True, slots=True)
class Publication:
    """What was shown to each reader of one delivery.

    Attributes
    ----------
    scenario_sha256, risultato_sha256
        Digests of what it was made from.
    soglia
        Fewest families of a count that was shown.
    conteggi
        Counts shown by reader (see `reader`), then by name.
    """

    scenario_sha256: str
    risultato_sha256: str
    soglia: int
    conteggi: Mapping[str, Shown]


def reader(audience: Audience, subject: str | None) -> str:
    """Name a reader: the audience, and whose id it is."""
    return audience if subject is None else f"{audience}/{subject}"


def seen_by(
    publications: Iterable[Publication], audience: Audience, subject: str | None
) -> tuple[Shown, ...]:
    """Give what a reader was shown before, delivery by delivery."""
    name = reader(audience, subject)
    return tuple(one.conteggi[name] for one in publications if one.conteggi.get(name))


def named(*parts: str) -> str:
    """Name a count by what it counts."""
    return "/".join(parts)


def counts_of(view: View) -> dict[str, int]:
    """Gather the counts that a view shows and that a later one is compared with.

    Parameters
    ----------
    view
        Of a company; of the district and of a gestore, who know the children, nothing is compared.
    """
    if view.audience != "azienda":
        return {}
    found: dict[str, Count] = {named(TOWN, row.comune): row.bambini for row in view.homes}
    for row in view.coverage:
        found |= {name: getattr(row.piano, name) for name in (*SERVED, *MINUTES)}
        if row.standard is not None:
            found |= {named(STANDARD, name): getattr(row.standard, name) for name in SERVED}
    for agreement in view.agreements:
        site = (agreement.gestore, agreement.stagione)
        found[named(PLACES, *site)] = agreement.posti
        found[named("bambini", *site)] = agreement.bambini
        found |= {named("usati", *site, used.mese): used.posti for used in agreement.usati_mese}
    for opening in view.openings:
        found[named("fasce", opening.gestore, opening.stagione, opening.fascia)] = opening.bambini
    for reason in view.reasons:
        found[named("motivi", reason.esito, reason.regola)] = reason.richieste
    found |= _line_marks(view.lines)
    return {name: count for name, count in found.items() if count is not None}


def standard_in(shown: Shown) -> dict[str, Count]:
    """Give the counts at standard hours that an earlier delivery showed, by their name; None = not shown."""
    return {name: shown.get(named(STANDARD, name)) for name in SERVED}


def sites_of(shown: Shown) -> Iterable[Site]:
    """Give the gestori and seasons of the agreements that there were."""
    for name in shown:
        kind, *site = name.split("/")
        if kind == PLACES and len(site) == len(SITE):
            yield site[0], site[1]


def _line_marks(lines: Iterable[Line]) -> dict[str, int]:
    """Mark the agreements whose lines stand apart, by everything that their quantities say."""
    quantities: dict[str, set[str]] = {}
    for line in lines:
        if line.quantita is not None:
            said = f"{line.data}|{line.componente}|{line.fonte}|{line.quantita}"
            quantities.setdefault(named("righe", line.gestore, line.stagione), set()).add(said)
    return {name: _fingerprint("\n".join(sorted(said))) for name, said in quantities.items()}


def _fingerprint(words: str) -> int:
    return int(hashlib.sha256(words.encode()).hexdigest()[:_FINGERPRINT], 16)


def few(difference: int, threshold: int) -> bool:
    """Tell whether a difference is that of a few: not zero, and under the threshold."""
    return 0 < abs(difference) < threshold


def protect_again(grid: Grid, threshold: int, earlier: Sequence[Mapping[Place, int]]) -> list[list[Count]]:
    """Publish a table as `cells.protect` does, and without what an earlier one would tell together with it.

    Parameters
    ----------
    grid
        The table.
    threshold
        Fewest families of a count, or of a difference, that is shown.
    earlier
        What earlier tables showed, by the place of the same count in this one.

    Returns
    -------
    list
        Shape of `grid.cells`; None = hidden.
    """

    def shown_without(places: Iterable[Place]) -> list[list[Count]]:
        hidden = replace(grid, never=grid.never | frozenset(places))
        return [list(row) for row in protect(hidden, threshold)]

    forced: list[Place] = []
    shown = shown_without(forced)
    while more := telling(grid, shown, earlier, threshold):
        forced += sorted(more)
        shown = shown_without(forced)
    for place in reversed(forced):
        # What turned out not to be needed is published after all.
        fewer = [one for one in forced if one != place]
        again = shown_without(fewer)
        if not telling(grid, again, earlier, threshold):
            forced, shown = fewer, again
    return shown


def telling(
    grid: Grid, shown: Sequence[Sequence[Count]], earlier: Sequence[Mapping[Place, int]], threshold: int
) -> frozenset[Place]:
    """Find which published counts are to be hidden as well, because of what was published before.

    Returns
    -------
    frozenset
        Counts that differ by a few; one of a line in which some counts together can be told, then and now,
        and differ by a few; one beside a hidden count that can be told too well. Empty when nothing is told.
    """
    if not earlier:
        return frozenset()
    told = {place for place in grid.places() if shown[place[0]][place[1]] is not None} | grid.known
    limits = bounds(grid, frozenset(grid.places()) - told)
    now = {place: grid.at(place).value for place in told}
    found: set[Place] = set()
    for then in earlier:
        close = {place for place, count in then.items() if few(grid.at(place).value - count, threshold)}
        open_ones = (close & told) - grid.known
        if open_ones:
            found |= open_ones
            continue
        for *parts, whole in _lines(grid):
            if _told_together(parts, whole, then, now, threshold):
                found.update(_smallest(grid, (told - grid.known) & {*parts, whole}))
        for place in close - told:
            least, most = limits[place]
            far = most is None or max(most - then[place], then[place] - least) >= threshold
            if not (least <= then[place] and (most is None or then[place] <= most) and far):
                near = {one for one in told - grid.known if one[0] == place[0] or one[1] == place[1]}
                found.update(_smallest(grid, near or told - grid.known))
    return frozenset(found)


def _lines(grid: Grid) -> Iterable[list[Place]]:
    """Go through rows and columns, the sum of each at its end."""
    rows, columns = range(grid.corner[0] + 1), range(grid.corner[1] + 1)
    yield from ([(i, j) for j in columns] for i in rows)
    yield from ([(i, j) for i in rows] for j in columns)


def _told_together(
    parts: Sequence[Place],
    whole: Place,
    then: Mapping[Place, int],
    now: Mapping[Place, int],
    threshold: int,
) -> bool:
    """Tell whether counts of a line that one publication hides differ, all of them together, by a few."""
    every, before, after = set(parts), then.keys() & set(parts), now.keys() & set(parts)
    for group in (every - before, every - after, every - (before & after)):
        first, second = (_sum_of(group, every, whole, told) for told in (then, now))
        if group and first is not None and second is not None and few(second - first, threshold):
            return True
    return False


def _sum_of(group: set[Place], every: set[Place], whole: Place, told: Mapping[Place, int]) -> Count:
    """Reckon the sum of some counts of a line from those that are published; None when nobody can."""
    if group <= told.keys():
        return sum(told[place] for place in group)
    if whole in told and every - group <= told.keys():
        return told[whole] - sum(told[place] for place in every - group)
    return None


def _smallest(grid: Grid, places: Iterable[Place]) -> Sequence[Place]:
    """Choose what to hide: inner before sums, few before many."""
    last_row, last_column = grid.corner

    def cost(place: Place) -> tuple[int, int, Place]:
        sums = (place[0] == last_row) + (place[1] == last_column)
        return sums, grid.at(place).value, place

    return sorted(places, key=cost)[:1]


def part_again(
    earlier: Iterable[Shown], threshold: int, part: tuple[str, Count], whole: tuple[str, Count]
) -> Count:
    """Publish a part of a published count, unless it or what is left differs by a few from before.

    Parameters
    ----------
    earlier
        What the reader was shown before.
    threshold
        Fewest families of a difference that is shown.
    part, whole
        Name and count of either.
    """
    (name, count), (all_name, all_count) = part, whole
    if count is None or all_count is None:
        return None
    for then in earlier:
        if name not in then:
            continue
        rest = 0 if all_name not in then else (all_count - then[all_name]) - (count - then[name])
        if few(count - then[name], threshold) or few(rest, threshold):
            return None
    return count


def steady_again(earlier: Iterable[Shown], threshold: int, site: Site, values: Sequence[int]) -> bool:
    """Tell whether the months of an agreement may be shown beside those that were shown before."""
    start = named("usati", *site, "")
    before = [[count for name, count in then.items() if name.startswith(start)] for then in earlier]
    return all(steady([*values, *months], threshold) for months in [[], *before])


def minutes_again(earlier: Iterable[Shown], threshold: int, minutes: tuple[int, int], full: Count) -> bool:
    """Tell whether minutes may be shown: the same as before, or with enough requests that changed."""
    for then in earlier:
        before = tuple(then.get(name) for name in MINUTES)
        if None in before or before == minutes:
            continue
        if full is None or "piene" not in then or abs(full - then["piene"]) < threshold:
            return False
    return True


def homes_again(earlier: Iterable[Shown], threshold: int, rows: Sequence[HomeRow]) -> bool:
    """Tell whether the homes may be shown: no town, nor the others together, nor all, moved by a few."""
    now = {named(TOWN, row.comune): row.bambini for row in rows}
    others = named(TOWN, OTHER_TOWNS)
    for shown in earlier:
        then = {name: count for name, count in shown.items() if name.startswith(named(TOWN, ""))}
        if not then or not now:
            continue
        both = (now.keys() & then.keys()) - {others}
        moved = [now[name] - then[name] for name in both]
        whole = sum(now.values()) - sum(then.values())
        if any(few(by, threshold) for by in (*moved, whole, whole - sum(moved))):
            return False
    return True


def moved_lines(earlier: Iterable[Shown], lines: Sequence[Line]) -> frozenset[Site]:
    """Find the agreements whose lines may not stand apart: children were shown, and quantities differ."""
    now = _line_marks(lines)
    found: set[Site] = set()
    for then in earlier:
        for line in lines:
            site = (line.gestore, line.stagione)
            mark = named("righe", *site)
            if named("bambini", *site) in then and now.get(mark) != then.get(mark):
                found.add(site)
    return frozenset(found)
