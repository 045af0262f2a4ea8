"""How one thing looks: pure functions of a painter, a shape and a look. No state, no events, no documents."""
