"""The console's pages: HTTP only; what happens stands in the flows and forms."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account import views as allauth_views
from allauth.account.internal.flows.email_verification import consume_email_verification_rate_limit
from allauth.account.stages import EmailVerificationStage, LoginStageController
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic.edit import FormView

from projecthub.accounts import flows
from projecthub.accounts.verification import VerificationProcess


@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """What this console is, or who is signed in."""
    return render(request, "accounts/home.html")


class SignupView(allauth_views.SignupView):  # type: ignore[misc]
    """Sign-up with an invitation."""

    template_name = "accounts/signup.html"


class LoginView(allauth_views.LoginView):  # type: ignore[misc]
    """Sign-in, on the way to the hub or by itself."""

    template_name = "accounts/login.html"


class LogoutView(allauth_views.LogoutView):  # type: ignore[misc]
    """Sign-out, by a button here or by the hub's own sign-out."""

    template_name = "accounts/home.html"


@method_decorator(never_cache, name="dispatch")
class ConfirmView(allauth_views.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    """The verification code; the right one leads to the sign-in, and signs nobody in."""

    template_name = "accounts/confirm.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go on only where a sign-up waits for its code."""
        if request.user.is_authenticated:
            return redirect("home")
        self.stage = LoginStageController.enter(request, EmailVerificationStage.key)
        process = VerificationProcess.resume(request)
        if self.stage is None or process is None or process.user is None:
            messages.warning(request, "no_verification")
            return redirect("account_signup")
        self._process: VerificationProcess = process
        if self._process.verified_elsewhere:
            return self._to_sign_in()
        if request.method == "POST" and request.POST.get("action") == "restart":
            self._process.forget()
            return redirect("account_signup")
        # The library's own dispatch would end an expired verification without a word; skip it.
        return FormView.dispatch(self, request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the form see how old the code is and how many tries are left."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if self._action == "verify":
            kwargs["process"] = self._process
        return kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the state of the verification."""
        return {**super().get_context_data(**kwargs), "process": self._process}

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        self._process.finish()
        flows.accept_invitation(self._process.user)
        messages.success(self.request, "confirmed")
        return self._to_sign_in()

    def _verify_form_invalid(self, form: Any) -> HttpResponse:
        if form.has_error("code", "incorrect"):
            self._process.record_invalid_attempt()
        return FormView.form_invalid(self, form)

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        if consume_email_verification_rate_limit(self.request, self._process.email, dry_run=True):
            self._process.resend()
            messages.success(self.request, "code_sent")
        else:
            messages.warning(self.request, "code_too_soon")
        return redirect("account_email_verification_sent")

    def _to_sign_in(self) -> HttpResponse:
        self._process.forget()
        return HttpResponseRedirect(settings.PROJECTHUB.hub_login_url)


confirm = ConfirmView.as_view()


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Where a client asks for a fresh sign-in (``prompt=login``): end this one, then sign in."""
    logout(request)
    return redirect(f"{settings.PROJECTHUB.accounts_url}login/?{request.GET.urlencode()}")


def not_offered(request: HttpRequest) -> HttpResponse:
    """Answer for what the libraries offer and this console does not."""
    raise Http404


def inactive(request: HttpRequest) -> HttpResponse:
    """Tell that the account has been closed."""
    return render(request, "accounts/inactive.html", status=HTTPStatus.FORBIDDEN)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer where the console itself failed."""
    return render(request, "500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense."""
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
