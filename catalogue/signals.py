"""What happens in the museum that other apps may want to follow.

Sent by services inside the transaction that changes the record, with its primary key as `pk`.
Receivers only put down what is to be done; they do it after the commit.
"""

from django.dispatch import Signal

species_changed = Signal()
certificate_changed = Signal()
