"""What texts mean, as vectors: computed on this machine's processor, in this process or one beside it."""
