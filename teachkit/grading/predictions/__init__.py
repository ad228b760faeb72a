"""What a student says will come out, however it was written, and what is right."""
