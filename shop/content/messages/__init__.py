"""Follow-up messages where editors are anyway: the same rows as in the dashboard, by the same rules."""
