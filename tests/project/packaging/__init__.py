"""What is handed out: its descriptions of itself, its images, its release, and what checks it elsewhere."""
