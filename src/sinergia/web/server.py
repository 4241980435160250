"""How gunicorn serves us; also for whoever starts it by hand: `-c python:sinergia.web.server`.

Two processes of four threads were as fast as anything tried and leaner than most.
"""

import gc

wsgi_app = "sinergia.web.wsgi:application"
worker_class = "gthread"
workers = 2
threads = 4
graceful_timeout = 3  # seconds that a page under way may take when the site ends
timeout = 120  # seconds after which a process that says nothing is started again
loglevel = "warning"
control_socket_disable = True  # it would lie in the home folder, which may be read-only


def post_worker_init(worker: object) -> None:  # gunicorn's own hook
    """Keep what was loaded out of every later search for garbage, and search less often.

    A search through all of it holds up a page for a tenth of a second, and finds nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
