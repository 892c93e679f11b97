"""What the Makefile runs on the project itself: the lock, the generated docs, the bench."""
