"""Tests of the hub and its parts."""
