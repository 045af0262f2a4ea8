"""Language models behind any endpoint that speaks OpenAI's protocol, and texts found by their meaning."""
