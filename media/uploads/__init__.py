"""What comes in is known by its content, kept within limits, and loses where it was made.

Each module checks one kind of file and raises ValidationError with words for a person. The fields
of the models ask them too, so that no way into the storage leads round them.
"""

MEGABYTE = 1024 * 1024
