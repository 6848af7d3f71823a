"""The reader: a process of its own in which the bytes are read that others sent.

It can be killed, it has limits of the operating system's, and what it answers is data that is
checked on return: whatever a file makes of it, nothing of that runs here.
"""
