"""What couriers' developers read and copy, tried as they would."""
