"""Commands for statistics."""

from __future__ import annotations

from functools import partial

from dofile.allowed import spec
from dofile.allowed.spec import BY, IF_IN, Option

Spec = partial(spec.Spec, family="statistics")
_LEVEL = Option("level", "confidence level in percent", 1, "number")
_ERRORS = (
    Option("vce", "standard errors: `robust`, `cluster` variable, or the model's own `ols`, `oim`", value="text"),
    Option("robust", "robust standard errors", 1),
    Option("cluster", "standard errors that allow for clusters", 2, "variable"),
    _LEVEL,
)

STATISTICS: tuple[spec.Spec, ...] = (
    Spec("summarize", "Show means and spread.", "summarize [varlist] [if] [in] [, detail]", 2,
         takes="variables", all=True, allows=BY, options=(
             Option("detail", "percentiles and more", 1),
             Option("meanonly", "compute r(mean) and show nothing", 4),
             Option("separator", "a line after each # variables", 3, "integer", default="5")),
         r=("N", "sum_w", "mean", "Var", "sd", "min", "max", "sum", "skewness", "kurtosis", "p1 … p99"),
         refuses="`format`, weights"),
    Spec("tabulate", "Show frequencies, one-way or two-way.", "tabulate var [var] [if] [in] [, options]", 2,
         takes="variables", least=1, most=2, allows=BY, options=(
             Option("chi2", "Pearson's chi-squared", 2),
             Option("row", "shares of the row", 1),
             Option("column", "shares of the column", 3),
             Option("cell", "shares of the whole", 2),
             Option("nofreq", "without the frequencies", 4),
             Option("missing", "count missing values too", 1),
             Option("nolabel", "show values, not their labels", 5)),
         r=("N", "r", "c", "chi2", "p"),
         refuses="`exact`, `summarize()`, `generate()`, more than 12,000 values (1,200 by 80 in two ways)"),
    Spec("correlate", "Show correlations.", "correlate [varlist] [if] [in]", 3,
         takes="variables", all=True, allows=BY, r=("N", "rho", "C"), refuses="`covariance`, `means`"),
    Spec("ttest", "Compare means.", "ttest var == # | var == var | var, by(groupvar) [if] [in] [, options]",
         takes="raw", allows=BY, options=(
             Option("by", "the two groups", value="variable"),
             Option("unequal", "the groups' variances differ", 3),
             _LEVEL),
         r=("N_1", "N_2", "mu_1", "mu_2", "sd_1", "sd_2", "se", "t", "df_t", "p", "p_l", "p_u", "level"),
         refuses="`unpaired`, `welch`"),
    Spec("regress", "Fit a linear regression.", "regress depvar [indepvars] [if] [in] [, options]", 3,
         takes="terms", least=1, allows=BY, options=(*_ERRORS, Option("noconstant", "without a constant", 3)),
         e=("N", "df_m", "df_r", "F", "r2", "r2_a", "rmse", "mss", "rss", "ll", "ll_0", "N_clust", "rank", "b", "V"),
         refuses="`beta`, `vce(hc2)`, `vce(hc3)`, `vce(bootstrap)`, two variables of clusters, weights"),
    Spec("logit", "Fit a logistic regression.", "logit depvar [indepvars] [if] [in] [, options]",
         takes="terms", least=1, allows=BY,
         options=(*_ERRORS, Option("or", "odds ratios"), Option("nolog", "without the iterations")),
         e=("N", "k", "df_m", "r2_p", "ll", "ll_0", "chi2", "p", "N_clust", "rank", "b", "V"),
         refuses="`noconstant`, `offset()`, a level of a factor that predicts the outcome perfectly, weights"),
    Spec("predict", "Make a variable of a model's predictions.", "predict [type] newvar [if] [in] [, statistic]",
         takes="raw", allows=IF_IN, options=(
             Option("xb", "linear prediction"),
             Option("residuals", "residuals", 1),
             Option("pr", "probability of a positive outcome")),
         refuses="`residuals` after `logit`, `stdp`, `rstandard`, `stdf`"),
    Spec("test", "Test linear hypotheses after an estimation.", "test coefficients  or  test exp = exp", 3,
         takes="raw", r=("F", "chi2", "df", "df_r", "p", "drop"), refuses="options, hypotheses that are not linear"),
    Spec("testparm", "Test whether all coefficients of variables are zero.", "testparm terms",
         takes="terms", least=1, r=("F", "chi2", "df", "df_r", "p", "drop"), refuses="`equal`"),
)  # fmt: skip
