"""What is reached over a network: HTTP and what belongs to it, FTP."""
