"""Word drafts of the framework agreements."""
