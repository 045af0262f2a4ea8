"""Running workflows: compile a graph into a plan, decide what comes next, carry it out, write down what happened.

In this order: `compiling` turns graph and catalog into a `Plan` (numbers and tuples, no code); `Machine` is the pure
state of a run, which takes facts and gives instructions without clock, loop or node body; `Performer` carries the
instructions out, on this thread, on other threads, on an event loop or in processes; `Run` is what others start.

Does not live here: files (whoever starts a run hands over graphs and a library of workflows), windows, node bodies.
"""
