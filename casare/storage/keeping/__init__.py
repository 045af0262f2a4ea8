"""What is kept beside a file so that nothing is lost: the journal, earlier versions, stamps of what was read."""
