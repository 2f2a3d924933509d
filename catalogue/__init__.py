"""The museum: species, indigenous knowledge, places and the registers both halves stand on."""
