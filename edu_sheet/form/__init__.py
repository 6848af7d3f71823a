"""填报表: a Form, composed, written and found again; the only room that knows its layout."""
