"""The arithmetic of the calendar: small pure functions from the slots of a row to what its words mean."""
