"""R as a second opinion: the same questions to the engine and to one R process (base R and the package sandwich).

R computes here by other code than the engine's: its own moments, tests, least squares and iteratively reweighted least
squares, and the covariances of the package sandwich (Zeileis 2004, 2006). So both would have to err alike.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

TOLERANCE = 1e-6
INSTRUCTION = "R is needed for these checks: install Debian's r-base-core and r-cran-sandwich, or see docs/maintain.md"


@dataclass(frozen=True)
class Question:
    """What to run in both, and which of the engine's results is which of R's."""

    check: str
    data: str
    do: str
    r: str
    names: Mapping[str, str]


def coefficients(names: str, model: str = "m", covariance: str = "V") -> dict[str, str]:
    """Name the coefficients and standard errors of a model: `names` in R's order, the intercept first."""
    result = {}
    for i, name in enumerate(names.split(), start=1):
        result[f"_b[{name}]"] = f"coef({model})[{i}]"
        result[f"_se[{name}]"] = f"sqrt({covariance}[{i},{i}])"
    return result


MOMENTS = {
    "r(N)": "length(x)",
    "r(mean)": "mean(x)",
    "r(Var)": "var(x)",
    "r(sd)": "sd(x)",
    "r(min)": "min(x)",
    "r(max)": "max(x)",
    "r(sum)": "sum(x)",
}
DETAIL = MOMENTS | {
    "r(skewness)": "mean((x-mean(x))^3) / mean((x-mean(x))^2)^1.5",
    "r(kurtosis)": "mean((x-mean(x))^4) / mean((x-mean(x))^2)^2",
    **{f"r(p{p})": f"quantile(x, {p / 100}, type=2)" for p in (1, 5, 10, 25, 50, 75, 90, 95, 99)},
}
CHI2 = {"r(N)": "sum(t)", "r(r)": "nrow(t)", "r(c)": "ncol(t)", "r(chi2)": "k$statistic", "r(p)": "k$p.value"}
TWO = {
    "r(t)": "k$statistic",
    "r(df_t)": "k$parameter",
    "r(p)": "k$p.value",
    "r(mu_1)": "mean(a)",
    "r(mu_2)": "mean(b)",
    "r(sd_1)": "sd(a)",
    "r(sd_2)": "sd(b)",
    "r(N_1)": "length(a)",
    "r(N_2)": "length(b)",
    "r(se)": "k$stderr",
    "r(p_l)": "pt(k$statistic, k$parameter)",
    "r(p_u)": "pt(k$statistic, k$parameter, lower.tail=FALSE)",
}
FIT = {
    "e(N)": "nobs(m)",
    "e(df_m)": "m$rank - 1",
    "e(df_r)": "m$df.residual",
    "e(r2)": "summary(m)$r.squared",
    "e(r2_a)": "summary(m)$adj.r.squared",
    "e(rmse)": "summary(m)$sigma",
    "e(rss)": "sum(resid(m)^2)",
    "e(mss)": "sum((fitted(m) - mean(fitted(m)))^2)",
    "e(F)": "summary(m)$fstatistic[1]",
    "e(ll)": "logLik(m)",
}
WALD = "(coef(m)[-1] %*% solve(V[-1,-1]) %*% coef(m)[-1])"
LOGIT = {
    "e(N)": "nobs(m)",
    "e(ll)": "logLik(m)",
    "e(ll_0)": "logLik(update(m, . ~ 1))",
    "e(r2_p)": "1 - logLik(m) / logLik(update(m, . ~ 1))",
    "e(df_m)": "m$rank - 1",
}
ACCURATE = "control=glm.control(epsilon=1e-14, maxit=100)"
LM = "m <- lm(price ~ mpg + weight + foreign, d)"
LM_NAMES = "_cons mpg weight foreign"
FACTORS = "m <- lm(price ~ mpg + factor(rep78), d)"
GLM = f"m <- glm(low ~ age + lwt + smoke + ht, binomial, d, {ACCURATE})"
GLM_NAMES = "_cons age lwt smoke ht"

QUESTIONS: tuple[Question, ...] = (
    Question("summarize", "auto", "summarize price", "x <- d$price", MOMENTS),
    Question("summarize", "auto", "summarize rep78 if foreign", "x <- na.omit(d$rep78[d$foreign == 1])", MOMENTS),
    Question("summarize, detail", "auto", "summarize mpg, detail", "x <- d$mpg", DETAIL),
    Question("summarize, detail", "auto", "summarize gear_ratio, detail", "x <- d$gear_ratio", DETAIL),
    Question(
        "summarize, meanonly", "auto", "summarize mpg, meanonly", "x <- d$mpg", {"r(mean)": "mean(x)", "r(N)": "74"}
    ),
    Question(
        "tabulate",
        "auto",
        "tabulate rep78",
        "t <- table(d$rep78)",
        {"r(N)": "sum(t)", "r(r)": "length(t)"},
    ),
    Question(
        "tabulate, chi2",
        "auto",
        "tabulate foreign rep78, chi2",
        "t <- table(d$foreign, d$rep78); k <- suppressWarnings(chisq.test(t, correct=FALSE))",
        CHI2,
    ),
    Question(
        "tabulate, chi2",
        "lbw",
        "tabulate race low, chi2",
        "t <- table(d$race, d$low); k <- suppressWarnings(chisq.test(t, correct=FALSE))",
        CHI2,
    ),
    Question(
        "correlate",
        "auto",
        "correlate price mpg rep78",
        "x <- na.omit(d[c('price', 'mpg', 'rep78')])",
        {
            "r(N)": "nrow(x)",
            "r(rho)": "cor(x)[1,2]",
            **{f"r(C)[{i},{j}]": f"cor(x)[{i},{j}]" for i, j in ((2, 1), (3, 1), (3, 2), (3, 3))},
        },
    ),
    Question("ttest, by", "auto", "ttest mpg, by(foreign)", "{a}; k <- t.test(a, b, var.equal=TRUE)", TWO),
    Question("ttest, unequal", "auto", "ttest mpg, by(foreign) unequal", "{a}; k <- t.test(a, b)", TWO),
    Question(
        "ttest",
        "auto",
        "ttest mpg == 20",
        "k <- t.test(d$mpg, mu=20)",
        {"r(t)": "k$statistic", "r(p)": "k$p.value", "r(df_t)": "k$parameter", "r(se)": "k$stderr"},
    ),
    Question(
        "ttest",
        "auto",
        "ttest trunk == turn",
        "k <- t.test(d$trunk, d$turn, paired=TRUE)",
        {"r(t)": "k$statistic", "r(p)": "k$p.value", "r(df_t)": "k$parameter"},
    ),
    Question(
        "regress",
        "auto",
        "regress price mpg weight foreign",
        f"{LM}; V <- vcov(m)",
        FIT | coefficients(LM_NAMES),
    ),
    Question(
        "regress, noconstant",
        "auto",
        "regress price mpg weight, noconstant",
        "m <- lm(price ~ mpg + weight - 1, d); V <- vcov(m)",
        {name: FIT[name] for name in ("e(N)", "e(df_r)", "e(r2)", "e(rmse)", "e(rss)", "e(F)")}
        | coefficients("mpg weight"),
    ),
    Question(
        "regress",
        "auto",
        "regress price mpg i.rep78",
        f"{FACTORS}; V <- vcov(m)",
        FIT | coefficients("_cons mpg 2.rep78 3.rep78 4.rep78 5.rep78"),
    ),
    Question(
        "regress, robust",
        "auto",
        "regress price mpg weight foreign, vce(robust)",
        f"{LM}; V <- vcovHC(m, 'HC1')",
        coefficients(LM_NAMES) | {"e(F)": f"{WALD} / 3", "e(r2)": FIT["e(r2)"], "e(rmse)": FIT["e(rmse)"]},
    ),
    Question(
        "regress, vce(cluster)",
        "auto",
        "regress price mpg weight, vce(cluster rep78)",
        "d <- d[!is.na(d$rep78),]; m <- lm(price ~ mpg + weight, d); V <- vcovCL(m, d$rep78, 'HC1')",
        coefficients("_cons mpg weight")
        | {"e(N)": "nobs(m)", "e(N_clust)": "5", "e(df_r)": "4", "e(F)": f"{WALD} / 2", "e(r2)": FIT["e(r2)"]},
    ),
    Question("logit", "lbw", "logit low age lwt smoke ht", f"{GLM}; V <- vcov(m)", LOGIT | coefficients(GLM_NAMES)),
    Question(
        "logit, robust",
        "lbw",
        "logit low age lwt smoke ht, vce(robust)",
        f"{GLM}; n <- nobs(m); V <- sandwich(m) * n / (n - 1)",
        LOGIT | coefficients(GLM_NAMES) | {"e(chi2)": WALD},
    ),
    Question(
        "logit, vce(cluster)",
        "lbw",
        "logit low lwt smoke, vce(cluster age)",
        f"m <- glm(low ~ lwt + smoke, binomial, d, {ACCURATE}); V <- vcovCL(m, d$age, 'HC0', cadjust=TRUE)",
        coefficients("_cons lwt smoke") | {"e(chi2)": WALD, "e(N_clust)": "length(unique(d$age))"},
    ),
    Question(
        "predict",
        "auto",
        "quietly regress price mpg weight foreign\npredict double hat",
        f"{LM}; h <- fitted(m)",
        {f"hat[{i}]": f"h[{i}]" for i in (1, 2, 37, 74)},
    ),
    Question(
        "predict, residuals",
        "auto",
        "quietly regress price mpg weight foreign\npredict double rest, residuals",
        f"{LM}; h <- resid(m)",
        {f"rest[{i}]": f"h[{i}]" for i in (1, 2, 37, 74)},
    ),
    Question(
        "predict, pr",
        "lbw",
        "quietly logit low age lwt smoke ht\npredict double p",
        f"{GLM}; h <- fitted(m)",
        {f"p[{i}]": f"h[{i}]" for i in (1, 2, 99, 189)},
    ),
    Question(
        "predict, xb",
        "lbw",
        "quietly logit low age lwt smoke ht\npredict double l, xb",
        f"{GLM}; h <- predict(m)",
        {f"l[{i}]": f"h[{i}]" for i in (1, 2, 99, 189)},
    ),
    Question(
        "test",
        "auto",
        "quietly regress price mpg weight foreign\ntest mpg weight",
        f"{LM}; V <- vcov(m); f <- (coef(m)[2:3] %*% solve(V[2:3,2:3]) %*% coef(m)[2:3]) / 2",
        {"r(F)": "f", "r(df)": "2", "r(df_r)": "70", "r(p)": "pf(f, 2, 70, lower.tail=FALSE)"},
    ),
    Question(
        "test",
        "auto",
        "quietly regress price mpg weight foreign, vce(robust)\ntest mpg = -50",
        f"{LM}; V <- vcovHC(m, 'HC1'); f <- (coef(m)[2] + 50)^2 / V[2,2]",
        {"r(F)": "f", "r(p)": "pf(f, 1, 70, lower.tail=FALSE)"},
    ),
    Question(
        "test",
        "lbw",
        "quietly logit low age lwt smoke ht\ntest age lwt",
        f"{GLM}; V <- vcov(m); f <- coef(m)[2:3] %*% solve(V[2:3,2:3]) %*% coef(m)[2:3]",
        {"r(chi2)": "f", "r(df)": "2", "r(p)": "pchisq(f, 2, lower.tail=FALSE)"},
    ),
    Question(
        "collapse",
        "auto",
        "collapse (mean) price (sd) s=price (median) m=price (count) n=rep78, by(foreign)",
        "x <- d[d$foreign == 1,]",
        {"price[2]": "mean(x$price)", "s[2]": "sd(x$price)", "m[2]": "median(x$price)", "n[2]": "sum(!is.na(x$rep78))"},
    ),
)
GROUPS = "a <- d$mpg[d$foreign == 0]; b <- d$mpg[d$foreign == 1]"


def ask(folder: Path, questions: tuple[Question, ...] = QUESTIONS) -> tuple[dict[str, float], ...]:
    """Ask R all questions about the `.dta` files of a folder, in one process. Raises RuntimeError without R."""
    program = shutil.which("Rscript")
    if program is None:
        raise RuntimeError(INSTRUCTION)
    for name in sorted({question.data for question in questions}):
        frame = pd.read_stata(folder / f"{name}.dta", convert_categoricals=False)
        doubles = dict.fromkeys(frame.select_dtypes("number"), "float64")
        frame.astype(doubles).to_csv(folder / f"{name}.csv", index=False, float_format="%.17g")
    script = ["suppressPackageStartupMessages(library(sandwich))", "show <- function(x) cat(sprintf('%.17g\\n', x))"]
    for question in questions:
        script += [f"d <- read.csv('{question.data}.csv')", question.r.replace("{a}", GROUPS)]
        script += [f"show(as.numeric({expression}))" for expression in question.names.values()]
        script += ["cat('--\\n')"]
    (folder / "questions.R").write_text("\n".join(script) + "\n")
    command = [program, "--vanilla", "questions.R"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError(f"Rscript failed. {INSTRUCTION}\n{done.stderr}")
    answers = done.stdout.split("--\n")[: len(questions)]
    return tuple(
        dict(zip(question.names, map(float, answer.split()), strict=True))
        for question, answer in zip(questions, answers, strict=True)
    )


def agrees(expected: float, found: float) -> bool:
    """Whether the engine and R agree to 1e-6, or both are as good as nothing beside 1."""
    return abs(found - expected) <= TOLERANCE * max(abs(expected), 1e-300) or expected == found
