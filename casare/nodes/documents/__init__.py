"""Documents and pictures: PDF, Excel and image files, each through the library of its field."""
