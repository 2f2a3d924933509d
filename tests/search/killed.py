"""A process that is killed with signal 9 at a moment of its work: `python -m tests.search.killed`.

Arguments: the moment, and the folder of the index. The database is that of DATABASE_URL.
"""

import os
import signal
import sys
from pathlib import Path

import django


def main(moment: str, folder: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "herbarium.settings.testing"
    django.setup()
    from django.conf import settings

    settings.SEARCH_INDEX_DIR = Path(folder)
    from search import draining, indexing, outbox
    from search.engines.tantivy import TantivyEngine
    from search.engines.tantivy.store import IndexStore

    def die(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGKILL)

    def after(owner, name):
        done = getattr(owner, name)

        def then_die(*args, **kwargs):
            done(*args, **kwargs)
            die()

        setattr(owner, name, then_die)

    if moment == "before a batch is told":
        TantivyEngine.sync = die
    elif moment == "after a batch is told":
        after(TantivyEngine, "sync")
    elif moment == "before the new index is taken into use":
        IndexStore._point_at = die
    elif moment == "after the new index is taken into use":
        after(IndexStore, "_point_at")
    elif moment == "before what changed meanwhile is repeated":
        outbox.repeat_since = die
    if "batch" in moment:
        draining.drain()
    else:
        indexing.rebuild()


if __name__ == "__main__":
    main(*sys.argv[1:])
