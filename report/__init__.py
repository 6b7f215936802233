"""Everything shown: values in, text or bytes out; no arithmetic here."""
