"""Results as text, column by column as users of do-files know them, 80 columns wide."""
