"""Mails → their parts: .eml, .msg, winmail.dat."""
