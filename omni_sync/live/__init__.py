"""Pages that follow: what changed is published after commit and streamed by server-sent events."""
