"""The same provider over the seasons, and for children who already attend one."""

from collections import defaultdict

from nido.matching.draft import Draft
from nido.matching.linear import Subject
from nido.scenari.schema import Scenario

name = "continuita"
fonte = "continuità educativa: scelta dello scenario"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps the rule on."""
    return scenario.regole.continuita.attiva


def post(draft: Draft) -> None:
    """One provider per child over the seasons that bind."""
    instance, scenario = draft.instance, draft.instance.scenario
    free = set(scenario.regole.continuita.stagioni_libere)
    by_child: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    seasons: dict[int, set[int]] = defaultdict(set)
    for request in instance.requests:
        if scenario.stagioni[request.season].id not in free:
            seasons[request.child].add(request.season)
    for index, pair in enumerate(instance.pairs):
        request = instance.requests[pair.request]
        if request.season in seasons.get(request.child, ()):
            by_child[request.child][instance.sites[pair.site].provider].append(index)
    for child, asked in seasons.items():
        if len(asked) > 1 and len(by_child[child]) > 1:
            _one_provider(draft, by_child[child], ("bambini", scenario.bambini[child].id, "continuita"))
        _already_enrolled(draft, child, min(asked), by_child[child])


def _one_provider(draft: Draft, by_provider: dict[int, list[int]], about: Subject) -> None:
    homes: list[int] = []
    for pairs in by_provider.values():
        home = draft.variables.serve[pairs[0]] if len(pairs) == 1 else _home(draft, pairs)
        for pair in pairs:
            if len(pairs) > 1:
                draft.model.implies(draft.variables.serve[pair], home)
        homes.append(home)
    draft.model.at_most_one(homes, about)


def _home(draft: Draft, pairs: list[int]) -> int:
    return draft.helper(0, 1, lambda plan: int(any(plan.attends(pair, 0) for pair in pairs)))


def _already_enrolled(draft: Draft, child: int, first: int, by_provider: dict[int, list[int]]) -> None:
    scenario = draft.instance.scenario
    mine = scenario.bambini[child].gia_iscritto
    if mine is None:
        return
    about = ("bambini", scenario.bambini[child].id, "gia_iscritto")
    for provider, pairs in by_provider.items():
        if scenario.gestori[provider].id != mine:
            for pair in pairs:
                draft.model.fix(draft.variables.serve[pair], 0, about)
    if scenario.regole.continuita.gia_iscritti == "garantito":
        kept = [
            (draft.variables.serve[pair], 1)
            for provider, pairs in by_provider.items()
            for pair in pairs
            if scenario.gestori[provider].id == mine
            and draft.instance.sites[draft.instance.pairs[pair].site].season == first
        ]
        draft.model.add(kept, low=1, about=about)
