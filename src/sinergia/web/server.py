"""How gunicorn serves us; also for whoever starts it by hand: `-c python:sinergia.web.server`.

Two processes of four threads were as fast as anything tried and leaner than most.
"""

import gc

from sinergia.base.search.words import lemma_of

wsgi_app = "sinergia.web.wsgi:application"
worker_class = "gthread"
workers = 2
threads = 4
graceful_timeout = 3  # seconds that a page under way may take when the site ends
timeout = 120  # seconds after which a process that says nothing is started again
loglevel = "warning"
control_socket_disable = True  # it would lie in the home folder, which may be read-only


def post_worker_init(worker: object) -> None:  # gunicorn's own hook
    """Load the dictionary; keep what was loaded out of every later search for garbage.

    The first search in each process would wait a third of a second for the dictionary. A search
    for garbage through all of it holds up a page for a tenth of a second, and finds nothing.
    """
    lemma_of("слово")
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
