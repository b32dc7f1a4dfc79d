"""Tests of the accounts console."""
