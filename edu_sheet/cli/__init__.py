"""The command line: parse, call, print, exit. Nothing else prints or exits."""
