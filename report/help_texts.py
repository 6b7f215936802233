"""Help of every command, in both languages, each with examples."""

from collections.abc import Mapping
from dataclasses import dataclass

from nido.data.lingua import text


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """What a command says of itself: sentences in both languages, and examples with what they do."""

    it: str
    en: str
    examples: tuple[tuple[str, str, str], ...]


PROGRAM = CommandHelp(
    "Abbina bambini e posti nido, propone le aperture e calcola il costo degli accordi quadro.",
    "Match children and childcare places, propose opening hours and cost the framework agreements.",
    (
        ("nido new prova.yaml", "uno scenario di partenza, commentato", "a commented starter scenario"),
        ("nido check prova.yaml", "gli errori, insieme", "its errors, together"),
        ("nido solve prova.yaml", "il piano, i costi e chi paga", "the plan, its costs and who pays"),
    ),
)

COMMANDS: Mapping[str, CommandHelp] = {
    "solve": CommandHelp(
        "Calcola il piano di uno scenario, lo fa ricontrollare e lo mostra.\n\n"
        "Codici di uscita: 0 risolto al gap chiesto; 2 comando scritto male; 3 dati non validi; "
        "4 infattibile; 5 fermato da un limite con un piano; 6 fermato senza; 7 rifiutato dal controllore; "
        "8 solutore caduto; 130 interrotto con Ctrl-C (il piano migliore viene tenuto).",
        "Compute the plan of a scenario, have it checked and show it.\n\n"
        "Exit codes: 0 solved to the asked gap; 2 usage; 3 invalid input; 4 infeasible; 5 stopped by a "
        "limit with a plan; 6 stopped without; 7 refused by the checker; 8 solver crash; 130 interrupted "
        "with Ctrl-C (the best plan is kept).",
        (
            ("nido solve prova.yaml", "a schermo", "on screen"),
            ("nido solve prova.yaml --out piano", "anche in una cartella", "also into a folder"),
            (
                'nido solve prova.yaml --set "gestori[nido_centro].posti=8"',
                "con un valore cambiato",
                "with one value changed",
            ),
            ("nido solve prova.yaml --json - --quiet", "solo il JSON", "the JSON alone"),
        ),
    ),
    "check": CommandHelp(
        "Controlla uno scenario e i suoi CSV senza risolverlo: dice insieme tutti gli errori, con riga e "
        "colonna, o con foglio e cella.\n\n"
        "Di un file che non si può leggere (YAML non valido, codifica) dice solo perché.",
        "Check a scenario and its CSV files without solving it: every error at once, with line and "
        "column, or sheet and cell.\n\n"
        "Of a file that cannot be read (not valid YAML, encoding) it only says why.",
        (
            ("nido check prova.yaml", "", ""),
            ("nido check prova.xlsx", "una cartella di lavoro", "a workbook"),
            (
                "nido check prova.yaml --set passo_minuti=30",
                "con un valore cambiato",
                "with one value changed",
            ),
        ),
    ),
    "verify": CommandHelp(
        "Ricontrolla un risultato salvato, da capo e senza il codice che lo ha calcolato.\n\n"
        "Lo scenario è quello salvato accanto al risultato (scenario.json), se non se ne indica un altro. "
        "Non garantisce il testo libero dei motivi.",
        "Check a saved result again, from scratch and without the code that computed it.\n\n"
        "The scenario is the one saved beside the result (scenario.json), unless another is named. "
        "It does not vouch for the free text of the reasons.",
        (
            ("nido verify piano/risultato.json", "", ""),
            (
                "nido verify accordi.json --risultato piano/risultato.json",
                "gli accordi simulati",
                "the simulated agreements",
            ),
            (
                "nido verify risultato.json --scenario prova.yaml",
                "con lo scenario di origine",
                "with the original scenario",
            ),
        ),
    ),
    "accordi": CommandHelp(
        "Scrive i documenti da portare al tavolo da un risultato salvato: per il distretto, per ogni "
        "azienda e per ogni "
        "gestore.\n\n"
        "Rapporto HTML, cartella Excel con formule, bozza Word dell'accordo quadro, clausole simulate "
        "mese per mese, "
        "parti eque del costo, evidenza per il progetto 8. Ogni cartella contiene solo ciò che quel "
        "destinatario può "
        "vedere. Il risultato e le simulazioni sono ricontrollati prima di scrivere (codice 7 se rifiutati).",
        "Write the documents to take to the table from a saved result: for the district, every company "
        "and every "
        "provider.\n\n"
        "HTML report, Excel workbook with formulas, Word draft of the framework agreement, clauses "
        "simulated month by "
        "month, fair shares of the cost, evidence for project 8. Each folder holds only what that reader "
        "may see. The "
        "result and the simulations are checked before anything is written (code 7 when refused).",
        (
            ("nido accordi piano/risultato.json --out documenti", "", ""),
            (
                "nido accordi --scrivi-modello accordo.docx",
                "il modello Word da modificare",
                "the Word template to edit",
            ),
            (
                "nido accordi piano/risultato.json --out documenti --modello accordo.docx",
                "con il modello modificato",
                "with the edited template",
            ),
        ),
    ),
    "indagine": CommandHelp(
        "Mostra la tabella dell'indagine fra le aziende: quella pubblicata, o quella di un nuovo file.\n\n"
        "RISPOSTE è un CSV con una riga per organizzazione; senza, si vede l'indagine pubblicata.",
        "Show the table of the survey among companies: the published one, or that of a new file.\n\n"
        "ANSWERS is a CSV with one row per organisation; without it the published survey is shown.",
        (
            ("nido indagine", "l'indagine pubblicata", "the published survey"),
            ("nido indagine risposte-2026.csv", "le risposte di un nuovo anno", "the answers of a new year"),
        ),
    ),
    "params": CommandHelp(
        "Elenca le cifre usate, con fonte e stato: verificato, stimato o ipotesi.",
        "List the figures in use, with source and state: verificato (checked), stimato (estimated), "
        "ipotesi (assumed).",
        (
            ("nido params --tabella costi", "una tabella", "one table"),
            ("nido params --stato ipotesi", "solo ciò che non è verificato", "only what is assumed"),
            (
                "nido params --scenario prova.yaml",
                "le cifre non verificate su cui lo scenario si regge",
                "the unverified figures that the scenario rests on",
            ),
        ),
    ),
    "calibra": CommandHelp(
        "Confronta il costo costruito dal basso dei tre nidi pubblici di Pergine con quello pubblicato.\n\n"
        "Per componente, con lo scarto, una cifra alla volta spostata nel suo intervallo, e ogni cifra usata "
        "con fonte e stato.",
        "Compare the cost of the three public nidi of Pergine, built from the bottom up, with the published "
        "one.\n\nBy component, with the deviation, one figure at a time moved within its range, and every "
        "figure in use with source and state.",
        (
            ("nido calibra", "a schermo", "on screen"),
            ("nido calibra --markdown", "come sta in docs/misure.md", "as it stands in docs/misure.md"),
        ),
    ),
    "schema": CommandHelp(
        "Scrive il JSON Schema di uno scenario (per gli editor) o di un risultato.",
        "Write the JSON Schema of a scenario (for editors) or of a result.",
        (
            ("nido schema > nido.schema.json", "", ""),
            ("nido schema --risultato", "", ""),
        ),
    ),
    "new": CommandHelp(
        "Scrive uno scenario di partenza, piccolo, commentato e già valido: in YAML o, se il nome finisce in "
        ".xlsx, come cartella di lavoro con istruzioni ed elenchi di scelte.\n\n"
        "Con --da riscrive nell'altra forma uno scenario che c'è già, con tutto ciò che vi sta dentro.",
        "Write a starter scenario: small, commented (in Italian) and valid; as YAML or, if the name ends in "
        ".xlsx, as a workbook with instructions and lists of choices.\n\n"
        "With --da an existing scenario is written in the other form, with all that is in it.",
        (
            ("nido new prova.yaml", "da un editor di testo", "for a text editor"),
            ("nido new --xlsx prova.xlsx", "da Excel o LibreOffice", "for Excel or LibreOffice"),
            (
                "nido new --xlsx copia.xlsx --da prova.yaml",
                "uno scenario come cartella di lavoro",
                "a scenario as a workbook",
            ),
        ),
    ),
    "importa": CommandHelp(
        "Dal foglio di un'azienda (.xlsx, .ods, .csv) fa il CSV dei bambini di uno scenario.\n\n"
        "Riconosce le colonne dal nome, mostra che cosa ha capito e chiede conferma una volta; la prossima, "
        "con le stesse intestazioni, non chiede più: le decisioni sono in un profilo accanto al CSV (nomi di "
        "colonne e di turni, nessun dato). Nomi, codici fiscali, matricole e redditi non si portano mai: "
        "ogni bambino riceve una sigla, nell'ordine delle righe.",
        "From the sheet of a company (.xlsx, .ods, .csv) make the CSV of the children of a scenario.\n\n"
        "Columns are recognised by name, shown, and confirmed once; the next time, with the same header, "
        "nothing is asked: what was decided is in a profile beside the CSV (names of columns and shifts, no "
        "data). Names, tax codes, numbers of employees and incomes are never carried: every child gets a "
        "code, in the order of the rows.",
        (
            (
                "nido importa hr.xlsx --azienda officina --scenario prova.yaml --out b.csv",
                "i turni sono quelli dello scenario",
                "the shifts are those of the scenario",
            ),
            (
                'nido importa hr.csv --azienda alfa --out b.csv --colonna "Abita a=comune"',
                "una colonna con un nome suo",
                "a column with a name of its own",
            ),
        ),
    ),
    "pseudonimizza": CommandHelp(
        "Scrive una copia dello scenario con pseudonimi al posto delle sigle dei bambini, per chi calcola e "
        "non deve conoscerli.\n\n"
        "Gli pseudonimi nascono dalla chiave (HMAC-SHA256): la stessa chiave dà gli stessi. Se il file della "
        "chiave non c'è, viene creato. Alla fine dice che cosa è rimasto: restano dati personali.",
        "Write a copy of the scenario with pseudonyms in the place of the children's ids, for those who "
        "compute and need not know them.\n\n"
        "The pseudonyms come from the key (HMAC-SHA256): the same key gives the same ones. A key file that "
        "is not there is made. At the end it says what is left: they are still personal data.",
        (
            (
                "nido pseudonimizza prova.yaml --chiave ../chiave --out senza-sigle.json",
                "la chiave sta fuori dalla cartella della copia",
                "the key stays outside the folder of the copy",
            ),
        ),
    ),
    "purge": CommandHelp(
        "Cancella ciò che nido ha scritto: cartelle di risultati o di documenti, e singoli risultati, "
        "scenari risolti o tabelle di pseudonimi.\n\n"
        "Prima mostra l'elenco, poi chiede. Una cartella che contiene altro non viene toccata. Copie di "
        "sicurezza e file inviati ad altri restano.",
        "Delete what nido wrote: folders of results or documents, and single results, resolved "
        "scenarios or tables of pseudonyms.\n\n"
        "It first shows the list, then asks. A folder that holds anything else is not touched. Backups and "
        "files sent to others stay.",
        (
            ("nido purge out/prova", "chiede conferma", "asks first"),
            ("nido purge out/prova --si", "senza chiedere", "without asking"),
        ),
    ),
    "doctor": CommandHelp(
        "Esamina l'installazione: versioni, lettore YAML, una soluzione di prova e un modello che smaschera "
        "un difetto noto del solutore.\n\nCodice di uscita: 0 se tutto va, altrimenti 1.",
        "Examine the installation: versions, YAML reader, a trial solve and a model that unmasks a known "
        "fault of the solver.\n\nExit code: 0 when all is well, else 1.",
        (("nido doctor", "", ""),),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "chiave": (
        "File della chiave, in un'altra cartella; se non c'è viene creato, leggibile solo da te.",
        "File of the key, in another folder; made when it is not there, readable by you only.",
    ),
    "out-pseudonimizza": (
        "File dello scenario con pseudonimi (JSON, che nido solve legge).",
        "File of the scenario with pseudonyms (JSON, which nido solve reads).",
    ),
    "tabella-pseudonimizza": (
        "Scrive anche la tabella da sigla a pseudonimo, in un'altra cartella.",
        "Write the table from id to pseudonym too, in another folder.",
    ),
    "con-case": (
        "Lascia la posizione delle case e i tragitti misurati dei singoli bambini.",
        "Leave the positions of homes and the measured ways of single children.",
    ),
    "chiave-purge": (
        "Cancella anche questa chiave di pseudonimi.",
        "Delete this key of pseudonyms too.",
    ),
    "cache": (
        "Cancella anche ciò che nido tiene da un'esecuzione all'altra (costi per gruppi di aziende).",
        "Delete what nido keeps between runs too (costs by groups of companies).",
    ),
    "si": ("Cancella senza chiedere.", "Delete without asking."),
    "json": (
        "Salva il risultato in JSON; - lo scrive al posto della tabella.",
        "Save the result as JSON; - prints it instead of the table.",
    ),
    "out": (
        "Salva in una cartella nuova il JSON, lo scenario e le tabelle in CSV italiano.",
        "Save JSON, scenario and tables (Italian CSV) into a new folder.",
    ),
    "set": (
        "Cambia un valore dello scenario; si può ripetere.",
        "Change one value of the scenario; may be repeated.",
    ),
    "seed": ("Seme dei sorteggi e del solutore.", "Seed of the draws and of the solver."),
    "time-limit": (
        "Secondi per piano e confronto; in più: lettura, motivi (almeno 5 secondi), controlli.",
        "Seconds for plan and comparison; on top: reading, reasons (at least 5 seconds), checks.",
    ),
    "gap": ("Scarto dall'ottimo che basta, da 0 a 1.", "Distance from the optimum that will do, 0 to 1."),
    "workers": (
        "Quante ricerche insieme: 1 CP-SAT sola, 2 anche HiGHS, 3 (se non lo dici) anche CP-SAT a otto.",
        "Searches at once: 1 CP-SAT alone, 2 HiGHS too, 3 (if not stated) CP-SAT with eight as well.",
    ),
    "deterministico": (
        "Stessi byte a ogni esecuzione, anche se fermata da un limite: più lento.",
        "Same bytes at every run, even when stopped by a limit: slower.",
    ),
    "memoria": ("Memoria massima del solutore, in MB.", "Memory limit of the solver, in MB."),
    "azienda": ("Id dell'azienda nello scenario.", "Id of the company in the scenario."),
    "out-importa": ("CSV dei bambini da scrivere.", "CSV of the children to write."),
    "scenario-importa": (
        "Scenario, di cui si usano aziende e rotazioni.",
        "Scenario whose companies and rotazioni are used.",
    ),
    "foglio": ("Quale foglio, se più d'uno ha dei dati.", "Which sheet, if several hold data."),
    "colonna": (
        "Che campo è una colonna; «Nome=-» la lascia fuori. Si può ripetere.",
        "Which field a column is; “Name=-” leaves it out. May be repeated.",
    ),
    "turno": (
        "Quale rotazione è un turno; si può ripetere.",
        "Which rotazione a shift is; may be repeated.",
    ),
    "prefisso": ("Maiuscole con cui cominciano le sigle.", "Capitals that the codes start with."),
    "profilo": ("Nome del profilo; di solito l'azienda.", "Name of the profile; else the company."),
    "accetta": ("Non chiede conferma.", "Ask for no confirmation."),
    "xlsx": (
        "Una cartella di lavoro (.xlsx) al posto del YAML.",
        "A workbook (.xlsx) in place of YAML.",
    ),
    "da": (
        "Scenario da riscrivere (.yaml, .xlsx o .ods), al posto di quello di partenza.",
        "Scenario to write anew (.yaml, .xlsx or .ods), in place of the starter.",
    ),
    "force": ("Sostituisce ciò che esiste già.", "Replace what already exists."),
    "quiet": ("Nessun avanzamento.", "No progress."),
    "no-color": ("Avanzamento senza colori.", "Progress without colours."),
    "spiega": (
        "Cerca le singole modifiche che servirebbero questo bambino.",
        "Look for the single changes that would serve this child.",
    ),
    "senza-confronto": (
        "Salta il confronto con l'orario standard.",
        "Skip the comparison with standard hours.",
    ),
    "larghezza": (
        "Caratteri per riga; di solito quelli del terminale.",
        "Characters per line; else those of the terminal.",
    ),
    "debug": ("Mostra il dettaglio di un errore inatteso.", "Show the details of an unexpected error."),
    "scenario-verify": ("Scenario da cui viene il risultato.", "Scenario that the result comes from."),
    "out-accordi": (
        "Cartella nuova per i documenti: una sottocartella per destinatario.",
        "New folder for the documents: one folder inside for each reader.",
    ),
    "modello": (
        "Modello Word dell'accordo quadro, al posto di quello di nido.",
        "Word template of the framework agreement, in the place of nido's own.",
    ),
    "scrivi-modello": (
        "Scrive il modello Word di nido, da modificare; non serve un risultato.",
        "Write nido's Word template, to be edited; no result is needed.",
    ),
    "pubblicato": (
        "Una consegna precedente (il suo risultato, o la cartella dei documenti): nessun conteggio nuovo ne "
        "differisce di poche famiglie. Si può ripetere.",
        "An earlier delivery (its result, or the folder of documents): no new count differs from it by a few "
        "families. May be repeated.",
    ),
    "soglia": (
        "Alle aziende non si mostrano conteggi con meno famiglie di così (almeno 3).",
        "Counts with fewer families than this are hidden from companies (at least 3).",
    ),
    "senza-parti": (
        "Senza le parti eque: non risolve i gruppi di aziende.",
        "Without the fair shares: the groups of companies are not solved.",
    ),
    "risultato-verify": (
        "Risultato da cui vengono gli accordi simulati, se si ricontrollano quelli.",
        "Result that simulated agreements come from, when those are checked.",
    ),
    "scenario-params": (
        "Solo le cifre non verificate su cui questo scenario si regge.",
        "Only the unverified figures that this scenario rests on.",
    ),
    "markdown": ("Scrive tabelle Markdown.", "Write Markdown tables."),
    "tabella": ("Solo questa tabella.", "Only this table."),
    "stato": ("Solo le cifre in questo stato.", "Only the figures in this state."),
    "risultato": (
        "Lo schema del risultato, non dello scenario.",
        "The schema of the result, not of the scenario.",
    ),
}


def command_help(help_text: CommandHelp) -> str:
    """Write the help of a command in click's own markup, examples last and not rewrapped."""
    shown = [
        f"  {command}" + (f"\n      {note}" if note else "")
        for command, note in ((command, text(it, en)) for command, it, en in help_text.examples)
    ]
    heading = text("Esempi:", "Examples:") if len(shown) > 1 else text("Esempio:", "Example:")
    body = text(help_text.it, help_text.en)
    return "\n".join([body, "", "\b", heading, *shown])


def option_help(name: str) -> str:
    """Give the help of an option."""
    it, en = OPTIONS[name]
    return text(it, en)
