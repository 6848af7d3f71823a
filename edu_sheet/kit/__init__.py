"""Tools that know nothing of plans and forms: time, files, processes, workbooks as paper."""
