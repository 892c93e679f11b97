"""What contracts and notes of all formats share: blocks, numbering, clauses, signature blocks."""
