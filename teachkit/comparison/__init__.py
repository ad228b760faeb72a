"""A model beside its Sequential twin, or beside another model."""
