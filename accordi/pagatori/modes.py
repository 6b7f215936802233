"""The modes of a payer: one file each."""

from collections.abc import Mapping

from nido.accordi.pagatori import (
    buoni,
    cofinanziamento,
    differenza_azienda,
    fisso_azienda,
    fisso_mese,
    fisso_ora,
    inps,
    irpef,
    quota,
    quota_azienda,
    residuo,
    retta,
    trasferimento,
)
from nido.accordi.pagatori.mode import Mode
from nido.scenari.regole import ModoPagatore

MODES: Mapping[ModoPagatore, Mode] = {
    mode.nome: mode
    for mode in (
        quota.MODE,
        quota_azienda.MODE,
        fisso_mese.MODE,
        fisso_azienda.MODE,
        differenza_azienda.MODE,
        fisso_ora.MODE,
        trasferimento.MODE,
        buoni.MODE,
        retta.MODE,
        inps.MODE,
        irpef.MODE,
        cofinanziamento.MODE,
        residuo.MODE,
    )
}
