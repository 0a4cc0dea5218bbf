"""Strangers' files: a hundred that mean harm, two hundred that mean well."""
