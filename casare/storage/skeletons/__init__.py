"""What a workflow is and looks like without opening it: skeletons, the small picture, previews and their cache."""
