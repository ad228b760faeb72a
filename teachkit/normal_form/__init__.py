"""What two models must have alike to be the same, however they are written."""
