"""What begins a run by itself: clocks, files, requests and forms, feeds, mail, failures. `casare serve` hosts them."""
