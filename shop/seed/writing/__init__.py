"""What the demo's editors wrote: pages in both languages, the frame around them, a campaign."""
