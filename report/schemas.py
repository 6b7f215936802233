"""The published JSON Schemas, as files."""

import json

from nido.accordi.risultato.schema_risultato import result_schema
from nido.scenari.fields import ScenarioJsonSchema
from nido.scenari.schema import Scenario

DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_bytes(*, result: bool) -> bytes:
    """Write the JSON Schema of a result, or of a scenario.

    Returns
    -------
    bytes
        JSON in UTF-8, one line end at the end; draft 7, the newest that the YAML editors understand.
    """
    if result:
        found = result_schema()
    else:
        scenario = Scenario.model_json_schema(schema_generator=ScenarioJsonSchema)
        found = {"$schema": DRAFT, **scenario}
    return f"{json.dumps(found, ensure_ascii=False, indent=2)}\n".encode()
