"""What one run of a node costs: what its type declares, its parameters, what a person says, and what it touches."""
