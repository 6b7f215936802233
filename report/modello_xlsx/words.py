"""What the workbook of a scenario says to its reader; in Italian, as the starter scenario is."""

from collections.abc import Mapping

TITLE = "Scenario di nido"
# What each sheet is for.
SHEETS: Mapping[str, str] = {
    "Scenario": "Dati generali: titolo, calendario, viaggi, che cosa si chiede.",
    "Stagioni": "I periodi, di mesi interi, per cui si riservano i posti. Una riga per stagione, in ordine.",
    "Rotazioni": "Chi lavora quando: una riga per rotazione. Gli orari stanno nel foglio Turni.",
    "Turni": "Gli orari delle rotazioni. Per i cicli di settimane scrivi anche il numero della settimana; "
    "una settimana di riposo ha solo il numero.",
    "Aziende": "Chi chiede i posti. Una riga per azienda.",
    "Gestori": "Chi offre i posti: nidi, micronidi, gruppi di Tagesmutter. Una riga per gestore.",
    "Fasce": "Aperture in più che un gestore può fare: presto, tardi, sabato, agosto. Una riga per fascia.",
    "Chiusure": "Giorni chiusi: di un'azienda, di un gestore o di tutti (le prime due colonne vuote).",
    "Bambini": "Chi ha bisogno del posto. Una riga per bambino, con una sigla: mai un nome.",
    "Adulti": "Dove e con quali turni lavora chi accudisce il bambino. Una riga per adulto (1, 2...); un "
    "adulto che cambia rotazione durante l'anno ha più righe con lo stesso numero.",
    "Finestre": "Ore di accudimento scritte a mano, al posto degli adulti.",
    "Assenze": "Giorni in cui a un bambino il posto non serve (ferie).",
    "Assegnazioni": "Posti già decisi, che il piano non cambia.",
    "Pagatori": "Chi paga, in ordine: ognuno prende la sua parte di ciò che resta.",
    "Regole": "Le regole e i loro numeri. Una regola si spegne con attiva = no, e il risultato lo dice.",
    "Obiettivo": "I prezzi che l'obiettivo usa.",
    "Livelli": "Che cosa si ottimizza, in ordine: il primo livello vale più di tutti gli altri.",
    "Ordine": "Ordine delle domande per gli spareggi; vuoto = sorteggio dal seme.",
    "Ipotesi": "Quali cifre di un'azienda o di un gestore non sono confermate: ogni risultato le elenca.",
    "Matrice": "Tempi di viaggio misurati: vincono sempre sulla stima.",
    "Accordo quadro": "Durata e clausole comuni degli accordi quadro. Una clausola vuota non è pattuita.",
    "Eccezioni": "Clausole diverse per un'azienda, un gestore o tutti e due; l'ultima riga vince.",
    "Scaglioni": "Sconti secondo il numero di posti; con il numero di un'eccezione, solo per quella.",
    "Percorsi": "Ipotesi su che cosa succede durante l'accordo. Gli eventi stanno nel foglio Eventi.",
    "Eventi": "Che cosa succede in un percorso, mese per mese.",
    "Firme": "Gli accordi già firmati, e da quando.",
    "Tariffe": "Le rette dei comuni, per chi paga secondo una tariffa.",
    "Domanda generata": "Numeri da cui nido genera bambini sintetici.",
    "Generata da": "Numeri da cui i bambini di questo scenario sono già nati. Non si cambiano.",
}
OTHER = "Parte dello scenario."

INSTRUCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Come si compila",
        (
            "Riempi i fogli da sinistra a destra. Le aziende, i gestori, le rotazioni e i bambini hanno un "
            "nome breve (id): minuscole, cifre e _ (nido_centro). Negli altri fogli usa lo stesso id.",
            "I bambini hanno una sigla (B001), mai un nome di persona. La corrispondenza fra sigle e "
            "famiglie tienila altrove, al sicuro.",
            "Sopra il nome di ogni colonna c'è che cosa scrivere. Le colonne blu scuro sono obbligatorie; "
            "quelle rosse sono riservate e non compaiono mai nei messaggi e nei risultati.",
            "Una cella vuota vuol dire: il valore predefinito, o niente. Un elenco di scelte si apre "
            "con la freccia della cella.",
            "Le righe che cominciano con # sono commenti. Un foglio di appunti si chiama #qualcosa.",
            "Righe e colonne nascoste o filtrate valgono come le altre. Non unire le celle.",
        ),
    ),
    (
        "Come si scrivono i valori",
        (
            "Date: 15/09/2026. Orari: 06:30-20:00. Giorni: lun-ven, sab, oppure lun,mer,ven.",
            "Numeri: con la virgola, senza unità di misura. Una parte del tutto: 0,4 oppure 40 %.",
            "Più valori in una cella: separati da virgole. Valori per nome: piccoli: 4, grandi: 14.",
            "Niente, dove una cella vuota vorrebbe dire il valore predefinito: nessuno.",
            "Le formule vanno bene, se il file è stato salvato da Excel o LibreOffice. Le macro no.",
        ),
    ),
    (
        "Come si usa",
        (
            "nido check FILE.xlsx dice in una volta tutti gli errori, con foglio e cella.",
            "nido solve FILE.xlsx calcola il piano, i costi e chi paga.",
            "Un nome di colonna non si cambia; una colonna facoltativa che non serve si può cancellare.",
        ),
    ),
)
CONTENTS = "I fogli"
SYNTHETIC_NOTE = "DATI SINTETICI: la domanda di questo scenario è inventata."
REQUIRED, RESERVED = "Obbligatorio. ", "Riservato. "
NOT_HERE = "obbligatorio"
ABSENT = "assente, se il gruppo è vuoto"
# What the columns hold that name the item a row belongs to.
KEYS: Mapping[str, str] = {
    "azienda": "Id dell'azienda.",
    "gestore": "Id del gestore.",
    "bambino": "Sigla del bambino.",
    "rotazione": "Id della rotazione.",
    "percorso": "Id del percorso.",
    "eccezione": "Numero dell'eccezione: 1, 2...",
    "adulto": "Numero dell'adulto: 1, 2...",
    "settimana": "Numero della settimana del ciclo, solo per il tipo settimanale.",
}
WRONG_TITLE = "Valore non ammesso"
FROM_LIST = "Scegli dall'elenco della cella."
A_DATE = "Serve una data, per esempio 15/09/2026."
A_NUMBER = "Serve un numero, da {least} a {most}."
A_WHOLE = "Serve un numero intero, da {least} a {most}."
