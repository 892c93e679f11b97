"""What transcripts of all formats share: cues, speakers, turns."""
