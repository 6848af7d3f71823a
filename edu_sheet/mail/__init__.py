"""Letters to the units: forms, reminders, receipts; as drafts, or over SMTP."""
