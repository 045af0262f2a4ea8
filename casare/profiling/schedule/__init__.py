"""One run of the workflow as it would go: which ways are taken, who runs when on how many workers, what is alive."""
