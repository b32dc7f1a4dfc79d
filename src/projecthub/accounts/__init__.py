"""The accounts console: invitations, sign-up, sign-in, and the OpenID Connect provider of the hub."""
