"""From what a run found to whoever reads it: a terminal, a gallery, CI, a code host, another program."""
