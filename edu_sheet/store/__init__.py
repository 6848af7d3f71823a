"""What is kept: the folders of a workspace, the ledger, what was written last."""
