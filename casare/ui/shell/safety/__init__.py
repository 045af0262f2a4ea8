"""What keeps work from being lost: journals and recovery, files changed by others, earlier versions.

The journal itself is `casare.app.recovery`; here is what a person sees of it.
"""
