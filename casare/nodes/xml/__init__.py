"""XML: read safely, parsed, asked, written, turned into JSON and back."""
