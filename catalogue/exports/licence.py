"""The terms of the exported data."""

# The exports hold names, facts with their sources, and texts that the museum itself has written; it
# asks to be named and nothing else. GBIF takes data under CC0, CC BY and CC BY-NC only. What is not
# the museum's to give stays out: the knowledge of communities is in no export, and pictures and
# recordings keep the licence of whoever made them.
LICENCE_NAME = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/legalcode"

# Licences of files, as machines read them; other terms are given in words.
URLS = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/legalcode",
    "CC-BY-4.0": LICENCE_URL,
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/legalcode",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/legalcode",
}
