"""What happens in the museum that other apps may want to follow, with a primary key as `pk`.

A file that changes many species announces them together, as `species_changed_many` with `pks`:
who follows the one signal follows the other.

Sent where the record is changed: by services inside their transaction, and by catalogue.receivers
for what is edited by hand. Receivers only put down what is to be done; it is done after the commit.
"""

from django.dispatch import Signal

species_changed = Signal()
species_changed_many = Signal()
certificate_changed = Signal()
area_changed = Signal()
# What certificates do by the day alone; sent with `pk`, once for each and its printed date.
certificate_due = Signal()
certificate_expired = Signal()
# Sent with `record` and its new `row` when everybody may read what was decided.
register_decided = Signal()
# Sent with `establishment` and `species`, also when the product is gone.
ocop_changed = Signal()
