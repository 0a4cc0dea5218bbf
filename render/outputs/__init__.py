"""One file for each kind of film that can be made; each offers a `PROMISE` and a `coding`."""
