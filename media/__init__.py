"""Images and documents of the museum, with credit, licence and a text alternative per language."""
