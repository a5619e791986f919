"""The project as a whole: architecture, documents, translations, packaging."""
