"""The console's addresses; names that start with ``account_`` are those that django-allauth looks up."""

from django.urls import include, path

from projecthub.accounts import api, views

handler400 = "projecthub.accounts.views.bad_request"
handler500 = "projecthub.accounts.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("signup/", views.SignupView.as_view(), name="account_signup"),
    path("signup/confirm/", views.confirm, name="account_email_verification_sent"),
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("logout/", views.LogoutView.as_view(), name="account_logout"),
    path("inactive/", views.inactive, name="account_inactive"),
    path("reauthenticate/", views.sign_in_again, name="account_reauthenticate"),
    path("password/", api.password),
    path("internal/health", api.health),
    path("internal/invitations", api.invitations),
    path("internal/members", api.members),
    # The library's device flow has pages of its own; no client here uses it.
    path("identity/o/device", views.not_offered),
    path("identity/o/api/device/code", views.not_offered),
    path("", include("allauth.idp.urls")),
]
