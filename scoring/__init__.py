"""Judge: signals into answers. Pure: no clock, files, network, SQL or pandas."""
