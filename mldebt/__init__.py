"""Do it and remember it: scans, the store, the command line."""
