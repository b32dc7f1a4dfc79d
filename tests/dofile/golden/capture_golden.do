* Written by `python -m tests.dofile.capture`; change what it reads, not this file.
* Run it in Stata 17 or newer, in the folder that holds the datasets:
*     stata -b do capture_golden.do
* Copy the log, capture_golden.log, to tests/dofile/golden/logs/ under a name of your choice.
version 17
set more off
capture noisily display "@version " c(stata_version)
capture noisily display "@date " c(current_date)

display "@case bajracharya-drop"
capture noisily use "thornton_hiv.dta", clear
capture noisily drop if missing(tinc) | missing(got)

display "@case bajracharya-regress"
capture noisily use "thornton_hiv.dta", clear
capture noisily quietly drop if missing(tinc) | missing(got)
capture noisily generate treatment = cond(tinc>0, 1, 0)
capture noisily label define treatment 0 "Control" 1 "Treatment"
capture noisily label values treatment treatment
capture noisily regress got treatment
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case bajracharya-robust"
capture noisily use "thornton_hiv.dta", clear
capture noisily quietly drop if missing(tinc) | missing(got)
capture noisily generate treatment = cond(tinc>0, 1, 0)
capture noisily label define treatment 0 "Control" 1 "Treatment"
capture noisily label values treatment treatment
capture noisily regress got treatment, robust
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case fasrc-describe"
capture noisily use "auto.dta", clear
capture noisily label data "1978 automobile data"
capture noisily label variable make "Make and model"
capture noisily label variable rep78 "Repair record 1978"
capture noisily label variable turn "Turn circle (ft.)"
capture noisily label variable gear_ratio "Gear ratio"
capture noisily label variable foreign "Car origin"
capture noisily quietly save labelled, replace
capture noisily describe
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(k)"
capture noisily display %24.17e r(k)
display "@ r(width)"
capture noisily display %24.17e r(width)
display "@ r(changed)"
capture noisily display %24.17e r(changed)

display "@case fasrc-summarize"
capture noisily use "auto.dta", clear
capture noisily summarize
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case fasrc-generate"
capture noisily use "auto.dta", clear
capture noisily label data "1978 automobile data"
capture noisily label variable make "Make and model"
capture noisily label variable rep78 "Repair record 1978"
capture noisily label variable turn "Turn circle (ft.)"
capture noisily label variable gear_ratio "Gear ratio"
capture noisily label variable foreign "Car origin"
capture noisily generate price2 = 2*price
capture noisily describe
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(k)"
capture noisily display %24.17e r(k)
display "@ r(width)"
capture noisily display %24.17e r(width)
display "@ r(changed)"
capture noisily display %24.17e r(changed)

display "@case fasrc-display"
capture noisily display "Hello, World!"

display "@case fonnesbeck-list"
capture noisily use "auto.dta", clear
capture noisily list make mpg in 1/5
capture noisily list make mpg if mpg<20 & foreign
capture noisily list make mpg if strpos(make, "Olds")>=1

display "@case fonnesbeck-tabulate"
capture noisily use "lbw.dta", clear
capture noisily label variable low "birthweight<2500g"
capture noisily label variable bwt "birthweight (grams)"
capture noisily tabulate race
capture noisily tabulate race low
capture noisily tabulate race low, row
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case fonnesbeck-chi2"
capture noisily use "lbw.dta", clear
capture noisily label variable low "birthweight<2500g"
capture noisily label variable bwt "birthweight (grams)"
capture noisily tabulate race low, row chi2
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)

display "@case fonnesbeck-detail"
capture noisily use "lbw.dta", clear
capture noisily label variable low "birthweight<2500g"
capture noisily label variable bwt "birthweight (grams)"
capture noisily summarize bwt, detail
capture noisily display r(max) - r(min)
capture noisily display r(mean)/453.6
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(p1)"
capture noisily display %24.17e r(p1)
display "@ r(p5)"
capture noisily display %24.17e r(p5)
display "@ r(p10)"
capture noisily display %24.17e r(p10)
display "@ r(p25)"
capture noisily display %24.17e r(p25)
display "@ r(p50)"
capture noisily display %24.17e r(p50)
display "@ r(p75)"
capture noisily display %24.17e r(p75)
display "@ r(p90)"
capture noisily display %24.17e r(p90)
display "@ r(p95)"
capture noisily display %24.17e r(p95)
display "@ r(p99)"
capture noisily display %24.17e r(p99)

display "@case fonnesbeck-if"
capture noisily use "auto.dta", clear
capture noisily summarize mpg if foreign
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case fonnesbeck-append"
capture noisily use "visits1.dta", clear
capture noisily label define instype 1 "HMO" 2 "PPO" 3 "Major Med"
capture noisily label values insurance instype
capture noisily format visitdt %td
capture noisily append using visits2, generate(whichfile)
capture noisily replace whichfile = whichfile + 1
capture noisily order whichfile
capture noisily list, sepby(whichfile)

display "@case kumakt-detail"
capture noisily use "lbw.dta", clear
capture noisily label variable age "age of mother"
capture noisily label variable bwt "birthweight (grams)"
capture noisily label variable smoke "smoked during pregnancy"
capture noisily label variable low "birthweight<2500g"
capture noisily label define smoke 0 "nonsmoker" 1 "smoker"
capture noisily label values smoke smoke
capture noisily su age bwt smoke, detail
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case kumakt-chi2-column"
capture noisily use "lbw.dta", clear
capture noisily label variable age "age of mother"
capture noisily label variable bwt "birthweight (grams)"
capture noisily label variable smoke "smoked during pregnancy"
capture noisily label variable low "birthweight<2500g"
capture noisily label define smoke 0 "nonsmoker" 1 "smoker"
capture noisily label values smoke smoke
capture noisily tabulate low smoke, chi2 column
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case kumakt-regress"
capture noisily use "lbw.dta", clear
capture noisily regress bwt age
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case kumakt-factor"
capture noisily use "lbw.dta", clear
capture noisily label variable age "age of mother"
capture noisily label variable bwt "birthweight (grams)"
capture noisily label variable smoke "smoked during pregnancy"
capture noisily label variable low "birthweight<2500g"
capture noisily label define smoke 0 "nonsmoker" 1 "smoker"
capture noisily label values smoke smoke
capture noisily regress bwt smoke age i.race
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case mcdonnell-one-way"
capture noisily use "auto.dta", clear
capture noisily tab rep78
capture noisily tab foreign
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case mcdonnell-two-way"
capture noisily use "auto.dta", clear
capture noisily tab foreign rep78
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case mcdonnell-detail"
capture noisily use "auto.dta", clear
capture noisily sum rep78, detail
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case mcdonnell-chi2"
capture noisily use "citytemp2.dta", clear
capture noisily tabulate region agecat
capture noisily tabulate region agecat, chi2 row
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case nbstata-list"
capture noisily use "uslifeexp2.dta", clear
capture noisily list in 1/1, noobs clean
capture noisily list in 1/1

display "@case nbstata-forvalues"
capture noisily use "uslifeexp2.dta", clear
forval i = 1/2 {
    list in `i', noobs clean
}

display "@case nbstata-refused"
capture noisily use "uslifeexp2.dta", clear
capture noisily list in 1/1, nobs clean

display "@case nist-norris"
capture noisily use "norris.dta", clear
capture noisily regress y x
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ _b[x]"
capture noisily display %24.17e _b[x]
display "@ _se[x]"
capture noisily display %24.17e _se[x]
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case nist-longley"
capture noisily use "longley.dta", clear
capture noisily regress totemp gnpdefl gnp unemp armed pop year
display "@ _b[gnpdefl]"
capture noisily display %24.17e _b[gnpdefl]
display "@ _b[gnp]"
capture noisily display %24.17e _b[gnp]
display "@ _b[unemp]"
capture noisily display %24.17e _b[unemp]
display "@ _b[armed]"
capture noisily display %24.17e _b[armed]
display "@ _b[pop]"
capture noisily display %24.17e _b[pop]
display "@ _b[year]"
capture noisily display %24.17e _b[year]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[gnpdefl]"
capture noisily display %24.17e _se[gnpdefl]
display "@ _se[gnp]"
capture noisily display %24.17e _se[gnp]
display "@ _se[unemp]"
capture noisily display %24.17e _se[unemp]
display "@ _se[armed]"
capture noisily display %24.17e _se[armed]
display "@ _se[pop]"
capture noisily display %24.17e _se[pop]
display "@ _se[year]"
capture noisily display %24.17e _se[year]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case nist-agwt"
capture noisily use "AtmWtAg.dta", clear
capture noisily regress y i.treatment
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case nist-sirstv"
capture noisily use "SiRstv.dta", clear
capture noisily regress y i.treatment
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case nist-smls01"
capture noisily use "SmLs01.dta", clear
capture noisily regress y i.treatment
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case nist-smls04"
capture noisily use "SmLs04.dta", clear
capture noisily regress y i.treatment
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case rodriguez-null"
capture noisily use "effort.dta", clear
capture noisily regress change
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case rodriguez-simple"
capture noisily use "effort.dta", clear
capture noisily regress change setting
capture noisily display 1201.08/2650.2
capture noisily display e(mss)/(e(mss)+e(rss))
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case rodriguez-clean"
capture noisily use "effort.dta", clear
capture noisily list country setting effort change, clean

display "@case rodriguez-two"
capture noisily use "effort.dta", clear
capture noisily quietly regress change setting
capture noisily scalar rss1 = e(rss)
capture noisily regress change setting effort
capture noisily scalar rss2 = e(rss)
capture noisily display "partial correlation = " sqrt((rss1 - rss2)/rss1)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case rodriguez-anova"
capture noisily use "effort.dta", clear
capture noisily generate setting_g = 1 + (setting >= 70) + (setting >= 80)
capture noisily label define setting_g 1 "Low" 2 "Medium" 3 "High"
capture noisily label values setting_g setting_g
capture noisily regress change i.setting_g
capture noisily testparm i.setting_g
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)
display "@ r(F)"
capture noisily display %24.17e r(F)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(df)"
capture noisily display %24.17e r(df)
display "@ r(df_r)"
capture noisily display %24.17e r(df_r)
display "@ r(p)"
capture noisily display %24.17e r(p)
display "@ r(drop)"
capture noisily display %24.17e r(drop)

display "@case rodriguez-two-way-anova"
capture noisily use "effort.dta", clear
capture noisily generate setting_g = 1 + (setting >= 70) + (setting >= 80)
capture noisily label define setting_g 1 "Low" 2 "Medium" 3 "High"
capture noisily label values setting_g setting_g
capture noisily generate effort_g = 1 + (effort >= 5) + (effort >= 15)
capture noisily label define effort_g 1 "Weak" 2 "Moderate" 3 "Strong"
capture noisily label values effort_g effort_g
capture noisily reg change i.setting_g i.effort_g
capture noisily predict anovafit
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case rodriguez-interaction"
capture noisily use "effort.dta", clear
capture noisily generate setting_g = 1 + (setting >= 70) + (setting >= 80)
capture noisily label define setting_g 1 "Low" 2 "Medium" 3 "High"
capture noisily label values setting_g setting_g
capture noisily generate effort_g = 1 + (effort >= 5) + (effort >= 15)
capture noisily label define effort_g 1 "Weak" 2 "Moderate" 3 "Strong"
capture noisily label values effort_g effort_g
capture noisily regress change i.setting_g##i.effort_g
capture noisily testparm i.setting_g#i.effort_g
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ _b[2.setting_g]"
capture noisily display %24.17e _b[2.setting_g]
display "@ _se[2.setting_g]"
capture noisily display %24.17e _se[2.setting_g]
display "@ _b[3.setting_g]"
capture noisily display %24.17e _b[3.setting_g]
display "@ _se[3.setting_g]"
capture noisily display %24.17e _se[3.setting_g]
display "@ _b[2.effort_g]"
capture noisily display %24.17e _b[2.effort_g]
display "@ _se[2.effort_g]"
capture noisily display %24.17e _se[2.effort_g]
display "@ _b[3.effort_g]"
capture noisily display %24.17e _b[3.effort_g]
display "@ _se[3.effort_g]"
capture noisily display %24.17e _se[3.effort_g]
display "@ _b[2.setting_g#2.effort_g]"
capture noisily display %24.17e _b[2.setting_g#2.effort_g]
display "@ _se[2.setting_g#2.effort_g]"
capture noisily display %24.17e _se[2.setting_g#2.effort_g]
display "@ _b[2.setting_g#3.effort_g]"
capture noisily display %24.17e _b[2.setting_g#3.effort_g]
display "@ _se[2.setting_g#3.effort_g]"
capture noisily display %24.17e _se[2.setting_g#3.effort_g]
display "@ _b[3.setting_g#2.effort_g]"
capture noisily display %24.17e _b[3.setting_g#2.effort_g]
display "@ _se[3.setting_g#2.effort_g]"
capture noisily display %24.17e _se[3.setting_g#2.effort_g]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)
display "@ r(F)"
capture noisily display %24.17e r(F)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(df)"
capture noisily display %24.17e r(df)
display "@ r(df_r)"
capture noisily display %24.17e r(df_r)
display "@ r(p)"
capture noisily display %24.17e r(p)
display "@ r(drop)"
capture noisily display %24.17e r(drop)

display "@case rodriguez-ancova"
capture noisily use "effort.dta", clear
capture noisily generate effort_g = 1 + (effort >= 5) + (effort >= 15)
capture noisily label define effort_g 1 "Weak" 2 "Moderate" 3 "Strong"
capture noisily label values effort_g effort_g
capture noisily regress change setting i.effort_g
capture noisily testparm i.effort_g
capture noisily predict ancovafit
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)
display "@ r(F)"
capture noisily display %24.17e r(F)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(df)"
capture noisily display %24.17e r(df)
display "@ r(df_r)"
capture noisily display %24.17e r(df_r)
display "@ r(p)"
capture noisily display %24.17e r(p)
display "@ r(drop)"
capture noisily display %24.17e r(drop)

display "@case rodriguez-slopes"
capture noisily use "effort.dta", clear
capture noisily generate effort_g = 1 + (effort >= 5) + (effort >= 15)
capture noisily label define effort_g 1 "Weak" 2 "Moderate" 3 "Strong"
capture noisily label values effort_g effort_g
capture noisily quietly summarize setting
capture noisily gen setting_c = setting - r(mean)
capture noisily regress change setting_c i.effort_g c.setting_c#i.effort_g
capture noisily testparm c.setting_c#i.effort_g
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ _b[setting_c]"
capture noisily display %24.17e _b[setting_c]
display "@ _se[setting_c]"
capture noisily display %24.17e _se[setting_c]
display "@ _b[2.effort_g]"
capture noisily display %24.17e _b[2.effort_g]
display "@ _se[2.effort_g]"
capture noisily display %24.17e _se[2.effort_g]
display "@ _b[3.effort_g]"
capture noisily display %24.17e _b[3.effort_g]
display "@ _se[3.effort_g]"
capture noisily display %24.17e _se[3.effort_g]
display "@ _b[2.effort_g#c.setting_c]"
capture noisily display %24.17e _b[2.effort_g#c.setting_c]
display "@ _se[2.effort_g#c.setting_c]"
capture noisily display %24.17e _se[2.effort_g#c.setting_c]
display "@ _b[3.effort_g#c.setting_c]"
capture noisily display %24.17e _b[3.effort_g#c.setting_c]
display "@ _se[3.effort_g#c.setting_c]"
capture noisily display %24.17e _se[3.effort_g#c.setting_c]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)
display "@ r(F)"
capture noisily display %24.17e r(F)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(df)"
capture noisily display %24.17e r(df)
display "@ r(df_r)"
capture noisily display %24.17e r(df_r)
display "@ r(p)"
capture noisily display %24.17e r(p)
display "@ r(drop)"
capture noisily display %24.17e r(drop)

display "@case rodriguez-residuals"
capture noisily use "effort.dta", clear
capture noisily generate effort_g = 1 + (effort >= 5) + (effort >= 15)
capture noisily label define effort_g 1 "Weak" 2 "Moderate" 3 "Strong"
capture noisily label values effort_g effort_g
capture noisily quietly regress change setting i.effort_g
capture noisily predict ri, residuals
display "@ ri[1]"
capture noisily display %24.17e ri[1]
display "@ ri[2]"
capture noisily display %24.17e ri[2]
display "@ ri[3]"
capture noisily display %24.17e ri[3]
display "@ ri[4]"
capture noisily display %24.17e ri[4]
display "@ ri[5]"
capture noisily display %24.17e ri[5]
display "@ ri[6]"
capture noisily display %24.17e ri[6]
display "@ ri[7]"
capture noisily display %24.17e ri[7]
display "@ ri[8]"
capture noisily display %24.17e ri[8]
display "@ ri[9]"
capture noisily display %24.17e ri[9]
display "@ ri[10]"
capture noisily display %24.17e ri[10]
display "@ ri[11]"
capture noisily display %24.17e ri[11]
display "@ ri[12]"
capture noisily display %24.17e ri[12]
display "@ ri[13]"
capture noisily display %24.17e ri[13]
display "@ ri[14]"
capture noisily display %24.17e ri[14]
display "@ ri[15]"
capture noisily display %24.17e ri[15]
display "@ ri[16]"
capture noisily display %24.17e ri[16]
display "@ ri[17]"
capture noisily display %24.17e ri[17]
display "@ ri[18]"
capture noisily display %24.17e ri[18]
display "@ ri[19]"
capture noisily display %24.17e ri[19]
display "@ ri[20]"
capture noisily display %24.17e ri[20]

display "@case rodriguez-anscombe-1"
capture noisily use "anscombe.dta", clear
capture noisily regress y1 x1
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case rodriguez-anscombe-2"
capture noisily use "anscombe.dta", clear
capture noisily reg y2 x2
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case rodriguez-anscombe-3"
capture noisily use "anscombe.dta", clear
capture noisily reg y3 x3
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case rodriguez-anscombe-4"
capture noisily use "anscombe.dta", clear
capture noisily reg y4 x4
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case rstatalink-regress-robust"
capture noisily use "auto.dta", clear
capture noisily regress price weight trunk, robust
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(rank)"
capture noisily display %24.17e e(rank)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)

display "@case rstatalink-summarize"
capture noisily use "auto.dta", clear
capture noisily summarize price
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case rstatalink-regress-iris"
capture noisily use "iris.dta", clear
capture noisily generate ln_sepallength = log(sepallength)
capture noisily regress ln_sepallength sepalwidth petallength petalwidth
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ _b[sepalwidth]"
capture noisily display %24.17e _b[sepalwidth]
display "@ _se[sepalwidth]"
capture noisily display %24.17e _se[sepalwidth]
display "@ _b[petallength]"
capture noisily display %24.17e _b[petallength]
display "@ _se[petallength]"
capture noisily display %24.17e _se[petallength]
display "@ _b[petalwidth]"
capture noisily display %24.17e _b[petalwidth]
display "@ _se[petalwidth]"
capture noisily display %24.17e _se[petalwidth]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case rstatalink-display"
capture noisily display 100 + 15.7

display "@case statsmodels-macro-robust"
capture noisily use "macrodata.dta", clear
capture noisily generate double g_realgdp = 400 * (ln(realgdp) - ln(realgdp[_n-1]))
capture noisily generate double g_realinv = 400 * (ln(realinv) - ln(realinv[_n-1]))
capture noisily generate double lagged = realint[_n-1]
capture noisily regress g_realinv g_realgdp lagged, vce(robust)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(rank)"
capture noisily display %24.17e e(rank)
display "@ _b[g_realgdp]"
capture noisily display %24.17e _b[g_realgdp]
display "@ _se[g_realgdp]"
capture noisily display %24.17e _se[g_realgdp]
display "@ _b[lagged]"
capture noisily display %24.17e _b[lagged]
display "@ _se[lagged]"
capture noisily display %24.17e _se[lagged]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)

display "@case statsmodels-grunfeld-cluster"
capture noisily use "grunfeld.dta", clear
capture noisily regress invest mvalue kstock, vce(cluster company)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(rank)"
capture noisily display %24.17e e(rank)
display "@ _b[mvalue]"
capture noisily display %24.17e _b[mvalue]
display "@ _se[mvalue]"
capture noisily display %24.17e _se[mvalue]
display "@ _b[kstock]"
capture noisily display %24.17e _b[kstock]
display "@ _se[kstock]"
capture noisily display %24.17e _se[kstock]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]

display "@case statsmodels-spector-logit"
capture noisily use "spector.dta", clear
capture noisily logit grade gpa tuce psi
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(rank)"
capture noisily display %24.17e e(rank)
display "@ _b[gpa]"
capture noisily display %24.17e _b[gpa]
display "@ _se[gpa]"
capture noisily display %24.17e _se[gpa]
display "@ _b[tuce]"
capture noisily display %24.17e _b[tuce]
display "@ _se[tuce]"
capture noisily display %24.17e _se[tuce]
display "@ _b[psi]"
capture noisily display %24.17e _b[psi]
display "@ _se[psi]"
capture noisily display %24.17e _se[psi]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(k)"
capture noisily display %24.17e e(k)
display "@ e(r2_p)"
capture noisily display %24.17e e(r2_p)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(chi2)"
capture noisily display %24.17e e(chi2)
display "@ e(p)"
capture noisily display %24.17e e(p)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)

display "@case statsmodels-spector-logit-robust"
capture noisily use "spector.dta", clear
capture noisily logit grade gpa tuce psi, vce(robust)
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(rank)"
capture noisily display %24.17e e(rank)
display "@ e(chi2)"
capture noisily display %24.17e e(chi2)
display "@ e(p)"
capture noisily display %24.17e e(p)
display "@ _b[gpa]"
capture noisily display %24.17e _b[gpa]
display "@ _se[gpa]"
capture noisily display %24.17e _se[gpa]
display "@ _b[tuce]"
capture noisily display %24.17e _b[tuce]
display "@ _se[tuce]"
capture noisily display %24.17e _se[tuce]
display "@ _b[psi]"
capture noisily display %24.17e _b[psi]
display "@ _se[psi]"
capture noisily display %24.17e _se[psi]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(k)"
capture noisily display %24.17e e(k)
display "@ e(r2_p)"
capture noisily display %24.17e e(r2_p)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)

display "@case thevenin-3-bysort-detail"
capture noisily use "auto.dta", clear
capture noisily bysort foreign: summarize price if rep78!=1, detail
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case thevenin-3-tabulate"
capture noisily use "auto.dta", clear
capture noisily label variable rep78 "Repair record 1978"
capture noisily label variable foreign "Car origin"
capture noisily tab rep78
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case thevenin-3-display"
capture noisily di exp(1)/(1+exp(1))
capture noisily di "SALUT LES GENS!!!!"

display "@case thevenin-3-wildcard"
capture noisily use "auto.dta", clear
capture noisily sum t*
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case thevenin-3-macro"
capture noisily local a = 2
capture noisily di `a'
capture noisily di 5^(`a')

display "@case thevenin-3-mean"
capture noisily use "auto.dta", clear
capture noisily qui sum price
capture noisily local mprice = r(mean)
capture noisily di `mprice'
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case thevenin-3-list"
capture noisily use "auto.dta", clear
capture noisily quietly summarize price
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case thevenin-3-regress"
capture noisily use "auto.dta", clear
capture noisily regress price mpg foreign
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ _b[mpg]"
capture noisily display %24.17e _b[mpg]
display "@ _se[mpg]"
capture noisily display %24.17e _se[mpg]
display "@ _b[foreign]"
capture noisily display %24.17e _b[foreign]
display "@ _se[foreign]"
capture noisily display %24.17e _se[foreign]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case thevenin-3-global"
capture noisily use "auto.dta", clear
capture noisily global var mpg weight length turn
capture noisily regress price $var
display "@ _b[mpg]"
capture noisily display %24.17e _b[mpg]
display "@ _se[mpg]"
capture noisily display %24.17e _se[mpg]
display "@ _b[weight]"
capture noisily display %24.17e _b[weight]
display "@ _se[weight]"
capture noisily display %24.17e _se[weight]
display "@ _b[length]"
capture noisily display %24.17e _b[length]
display "@ _se[length]"
capture noisily display %24.17e _se[length]
display "@ _b[turn]"
capture noisily display %24.17e _b[turn]
display "@ _se[turn]"
capture noisily display %24.17e _se[turn]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case thevenin-3-foreach"
capture noisily use "auto.dta", clear
local j mpg weight length turn headroom trunk
foreach j2 of local j {
  local x `x' `j2'
}
regress price `x'
display "@ _b[mpg]"
capture noisily display %24.17e _b[mpg]
display "@ _se[mpg]"
capture noisily display %24.17e _se[mpg]
display "@ _b[weight]"
capture noisily display %24.17e _b[weight]
display "@ _se[weight]"
capture noisily display %24.17e _se[weight]
display "@ _b[length]"
capture noisily display %24.17e _b[length]
display "@ _se[length]"
capture noisily display %24.17e _se[length]
display "@ _b[turn]"
capture noisily display %24.17e _b[turn]
display "@ _se[turn]"
capture noisily display %24.17e _se[turn]
display "@ _b[headroom]"
capture noisily display %24.17e _b[headroom]
display "@ _se[headroom]"
capture noisily display %24.17e _se[headroom]
display "@ _b[trunk]"
capture noisily display %24.17e _b[trunk]
display "@ _se[trunk]"
capture noisily display %24.17e _se[trunk]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case thevenin-3-nofreq"
capture noisily use "auto.dta", clear
capture noisily label variable rep78 "Repair record 1978"
capture noisily label variable foreign "Car origin"
capture noisily tabulate rep78 foreign, nofreq row
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case thevenin-4-list"
capture noisily use "auto.dta", clear
capture noisily list price mpg turn foreign in 1/10

display "@case thevenin-4-detail"
capture noisily use "auto.dta", clear
capture noisily sum price length, d
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case thevenin-4-bysort-detail"
capture noisily use "auto.dta", clear
capture noisily bysort foreign: sum price, d
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case thevenin-4-returned"
capture noisily use "auto.dta", clear
capture noisily quietly summarize price, detail
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(p1)"
capture noisily display %24.17e r(p1)
display "@ r(p5)"
capture noisily display %24.17e r(p5)
display "@ r(p10)"
capture noisily display %24.17e r(p10)
display "@ r(p25)"
capture noisily display %24.17e r(p25)
display "@ r(p50)"
capture noisily display %24.17e r(p50)
display "@ r(p75)"
capture noisily display %24.17e r(p75)
display "@ r(p90)"
capture noisily display %24.17e r(p90)
display "@ r(p95)"
capture noisily display %24.17e r(p95)
display "@ r(p99)"
capture noisily display %24.17e r(p99)

display "@case thevenin-4-missing"
capture noisily use "auto.dta", clear
capture noisily label variable rep78 "Repair record 1978"
capture noisily label variable foreign "Car origin"
capture noisily tab rep78, mis
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case thevenin-4-two-way"
capture noisily use "auto.dta", clear
capture noisily label variable rep78 "Repair record 1978"
capture noisily label variable foreign "Car origin"
capture noisily tab rep78 foreign, nolab mis
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case thevenin-4-label"
capture noisily use "auto.dta", clear
capture noisily label list origin

display "@case thevenin-4-order"
capture noisily use "auto.dta", clear
capture noisily label data "1978 automobile data"
capture noisily label variable make "Make and model"
capture noisily label variable rep78 "Repair record 1978"
capture noisily label variable turn "Turn circle (ft.)"
capture noisily label variable gear_ratio "Gear ratio"
capture noisily label variable foreign "Car origin"
capture noisily quietly save labelled, replace
capture noisily order foreign, first
capture noisily order rep78, after(foreign)
capture noisily des
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(k)"
capture noisily display %24.17e r(k)
display "@ r(width)"
capture noisily display %24.17e r(width)
display "@ r(changed)"
capture noisily display %24.17e r(changed)

display "@case thevenin-5-list"
capture noisily use "auto.dta", clear
capture noisily list make in 1/10

display "@case thevenin-5-list-long-name"
capture noisily use "auto.dta", clear
capture noisily list gear_ratio in 1/10

display "@case thevenin-5-format"
capture noisily use "auto.dta", clear
capture noisily format %6.0f gear_ratio
capture noisily list gear_ratio in 1/10

display "@case thevenin-5-detail"
capture noisily use "auto.dta", clear
capture noisily label variable gear_ratio "Gear ratio"
capture noisily sum gear_ratio, d
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case thevenin-5-replace"
capture noisily use "auto.dta", clear
capture noisily label variable rep78 "Repair record 1978"
capture noisily label variable foreign "Car origin"
capture noisily gen rep2 = rep78>3
capture noisily replace rep2 = . if rep78==.
capture noisily tab rep78 rep2
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case thevenin-5-egen"
capture noisily use "auto.dta", clear
capture noisily replace make = substr(make, 1, 3)
capture noisily egen mprice = mean(price)
capture noisily list  make price mprice in 1/10

display "@case thevenin-5-lag"
capture noisily use "auto.dta", clear
capture noisily replace make = substr(make, 1, 3)
capture noisily gen lag_make  = make[_n-1]
capture noisily gen lead_make = make[_n+1]
capture noisily list make lag_make lead_make in 1/10

display "@case thevenin-5-total"
capture noisily use "auto.dta", clear
capture noisily replace make = substr(make, 1, 3)
capture noisily gen x = 1
capture noisily gen id = sum(x)
capture noisily egen N = total(x)
capture noisily list id N make in 66/70

display "@case thevenin-6-append"
capture noisily use "append1.dta", clear
capture noisily save base1, replace
capture noisily use append2, clear
capture noisily append using base1
capture noisily sort id
capture noisily list

display "@case thevenin-6-merge"
capture noisily use "merge1.dta", clear
capture noisily use merge2, clear
capture noisily sort id
capture noisily save base2, replace
capture noisily use merge1, clear
capture noisily sort id
capture noisily save base1, replace
capture noisily use base2, clear
capture noisily merge 1:1 id using base1
capture noisily sort id
capture noisily list
capture noisily keep if _merge==3
capture noisily list

display "@case thevenin-6-reshape"
capture noisily use "wide.dta", clear
capture noisily reshape long x , i(id) j(t)
capture noisily list
capture noisily reshape wide x , i(id) j(t)
capture noisily list

display "@case thevenin-6-collapse"
capture noisily use "auto.dta", clear
capture noisily collapse price
capture noisily list

display "@case thevenin-6-collapse-by"
capture noisily use "auto.dta", clear
capture noisily collapse price mpg, by(foreign)
capture noisily list

display "@case thevenin-6-collapse-median"
capture noisily use "auto.dta", clear
capture noisily collapse (median) price mpg, by(foreign)
capture noisily list

display "@case thevenin-6-collapse-two"
capture noisily use "auto.dta", clear
capture noisily collapse (median) price mpg if rep78!=., by(foreign rep78)
capture noisily list

display "@case thevenin-6-collapse-names"
capture noisily use "auto.dta", clear
capture noisily collapse (median) pricemed = price mpgmed=mpg (min) pricemin = price mpgmin= mpg, by(foreign)
capture noisily list

display "@case vaneseltine-regress"
capture noisily use "auto.dta", clear
capture noisily regress mpg weight foreign
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case vaneseltine-logit"
capture noisily use "auto.dta", clear
capture noisily logit foreign weight mpg
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(chi2)"
capture noisily display %24.17e e(chi2)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(r2_p)"
capture noisily display %24.17e e(r2_p)
display "@ e(k)"
capture noisily display %24.17e e(k)
display "@ e(p)"
capture noisily display %24.17e e(p)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case vaneseltine-separator"
capture noisily use "auto.dta", clear
capture noisily label define repair 1 "Poor" 2 "Fair" 3 "Average" 4 "Good" 5 "Excellent"
capture noisily label values rep78 repair
capture noisily summarize, separator(4)
capture noisily summarize, separator(0)
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case vaneseltine-string"
capture noisily use "auto.dta", clear
capture noisily sum make
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case vaneseltine-tab-if"
capture noisily use "auto.dta", clear
capture noisily tab foreign if foreign == 1
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(r)"
capture noisily display %24.17e r(r)
display "@ r(c)"
capture noisily display %24.17e r(c)
display "@ r(chi2)"
capture noisily display %24.17e r(chi2)
display "@ r(p)"
capture noisily display %24.17e r(p)

display "@case wang-detail"
capture noisily use "auto.dta", clear
capture noisily summarize price mpg weight, detail
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case wang-correlate"
capture noisily use "auto.dta", clear
capture noisily drop if missing(rep78)
capture noisily correlate price mpg weight length
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(rho)"
capture noisily display %24.17e r(rho)

display "@case wang-regress"
capture noisily use "auto.dta", clear
capture noisily quietly drop if missing(rep78)
capture noisily reg price mpg weight
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case whatif-11.1"
capture noisily use "whatif1.dta", clear
capture noisily bysort A: summarize Y
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case whatif-11.1b"
capture noisily use "whatif2.dta", clear
capture noisily bysort A: summarize Y
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case whatif-11.2"
capture noisily use "whatif3.dta", clear
capture noisily regress Y A
display "@ _b[A]"
capture noisily display %24.17e _b[A]
display "@ _se[A]"
capture noisily display %24.17e _se[A]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ _b[_cons] + 90*_b[A]"
capture noisily display %24.17e _b[_cons] + 90*_b[A]
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case whatif-11.2b"
capture noisily use "whatif1.dta", clear
capture noisily regress Y A
display "@ _b[A]"
capture noisily display %24.17e _b[A]
display "@ _se[A]"
capture noisily display %24.17e _se[A]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case whatif-11.3"
capture noisily use "whatif3.dta", clear
capture noisily generate Asq = A*A
capture noisily regress Y A Asq
display "@ _b[A]"
capture noisily display %24.17e _b[A]
display "@ _se[A]"
capture noisily display %24.17e _se[A]
display "@ _b[Asq]"
capture noisily display %24.17e _b[Asq]
display "@ _se[Asq]"
capture noisily display %24.17e _se[Asq]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ _b[_cons] + 90*_b[A] + 90*90*_b[Asq]"
capture noisily display %24.17e _b[_cons] + 90*_b[A] + 90*90*_b[Asq]
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case whatif-12.2-stata-17"
capture noisily use "nhefs.dta", clear
capture noisily drop if missing(wt82)
capture noisily logit qsmk sex race c.age##c.age ib5.education c.smokeintensity##c.smokeintensity c.smokeyrs##c.smokeyrs ib2.exercise ib2.active c.wt71##c.wt71
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(k)"
capture noisily display %24.17e e(k)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(r2_p)"
capture noisily display %24.17e e(r2_p)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(chi2)"
capture noisily display %24.17e e(chi2)
display "@ e(p)"
capture noisily display %24.17e e(p)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case whatif-12.2"
capture noisily use "nhefs.dta", clear
capture noisily drop if missing(wt82)
capture noisily generate double age2 = age*age
capture noisily generate double intensity2 = smokeintensity*smokeintensity
capture noisily generate double smokeyrs2 = smokeyrs*smokeyrs
capture noisily generate double wt71sq = wt71*wt71
capture noisily logit qsmk sex race age age2 ib5.education smokeintensity intensity2 smokeyrs smokeyrs2 ib2.exercise ib2.active wt71 wt71sq
display "@ _b[sex]"
capture noisily display %24.17e _b[sex]
display "@ _se[sex]"
capture noisily display %24.17e _se[sex]
display "@ _b[race]"
capture noisily display %24.17e _b[race]
display "@ _se[race]"
capture noisily display %24.17e _se[race]
display "@ _b[age]"
capture noisily display %24.17e _b[age]
display "@ _se[age]"
capture noisily display %24.17e _se[age]
display "@ _b[age2]"
capture noisily display %24.17e _b[age2]
display "@ _se[age2]"
capture noisily display %24.17e _se[age2]
display "@ _b[1.education]"
capture noisily display %24.17e _b[1.education]
display "@ _se[1.education]"
capture noisily display %24.17e _se[1.education]
display "@ _b[2.education]"
capture noisily display %24.17e _b[2.education]
display "@ _se[2.education]"
capture noisily display %24.17e _se[2.education]
display "@ _b[3.education]"
capture noisily display %24.17e _b[3.education]
display "@ _se[3.education]"
capture noisily display %24.17e _se[3.education]
display "@ _b[4.education]"
capture noisily display %24.17e _b[4.education]
display "@ _se[4.education]"
capture noisily display %24.17e _se[4.education]
display "@ _b[smokeintensity]"
capture noisily display %24.17e _b[smokeintensity]
display "@ _se[smokeintensity]"
capture noisily display %24.17e _se[smokeintensity]
display "@ _b[intensity2]"
capture noisily display %24.17e _b[intensity2]
display "@ _se[intensity2]"
capture noisily display %24.17e _se[intensity2]
display "@ _b[smokeyrs]"
capture noisily display %24.17e _b[smokeyrs]
display "@ _se[smokeyrs]"
capture noisily display %24.17e _se[smokeyrs]
display "@ _b[smokeyrs2]"
capture noisily display %24.17e _b[smokeyrs2]
display "@ _se[smokeyrs2]"
capture noisily display %24.17e _se[smokeyrs2]
display "@ _b[0.exercise]"
capture noisily display %24.17e _b[0.exercise]
display "@ _se[0.exercise]"
capture noisily display %24.17e _se[0.exercise]
display "@ _b[1.exercise]"
capture noisily display %24.17e _b[1.exercise]
display "@ _se[1.exercise]"
capture noisily display %24.17e _se[1.exercise]
display "@ _b[0.active]"
capture noisily display %24.17e _b[0.active]
display "@ _se[0.active]"
capture noisily display %24.17e _se[0.active]
display "@ _b[1.active]"
capture noisily display %24.17e _b[1.active]
display "@ _se[1.active]"
capture noisily display %24.17e _se[1.active]
display "@ _b[wt71]"
capture noisily display %24.17e _b[wt71]
display "@ _se[wt71]"
capture noisily display %24.17e _se[wt71]
display "@ _b[wt71sq]"
capture noisily display %24.17e _b[wt71sq]
display "@ _se[wt71sq]"
capture noisily display %24.17e _se[wt71sq]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(chi2)"
capture noisily display %24.17e e(chi2)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(r2_p)"
capture noisily display %24.17e e(r2_p)
display "@ e(k)"
capture noisily display %24.17e e(k)
display "@ e(p)"
capture noisily display %24.17e e(p)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case whatif-12.2-weights"
capture noisily use "nhefs.dta", clear
capture noisily drop if missing(wt82)
capture noisily generate double age2 = age*age
capture noisily generate double intensity2 = smokeintensity*smokeintensity
capture noisily generate double smokeyrs2 = smokeyrs*smokeyrs
capture noisily generate double wt71sq = wt71*wt71
capture noisily quietly logit qsmk sex race age age2 ib5.education smokeintensity intensity2 smokeyrs smokeyrs2 ib2.exercise ib2.active wt71 wt71sq
capture noisily predict p_qsmk, pr
capture noisily gen w=.
capture noisily replace w=1/p_qsmk if qsmk==1
capture noisily replace w=1/(1-p_qsmk) if qsmk==0
capture noisily summarize w
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case whatif-12.3"
capture noisily use "nhefs.dta", clear
capture noisily drop if missing(wt82)
capture noisily logit qsmk
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(k)"
capture noisily display %24.17e e(k)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(r2_p)"
capture noisily display %24.17e e(r2_p)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(chi2)"
capture noisily display %24.17e e(chi2)
display "@ e(p)"
capture noisily display %24.17e e(p)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case whatif-15.1-stata-17"
capture noisily use "nhefs.dta", clear
capture noisily drop if missing(wt82)
capture noisily generate qsmkintensity = qsmk*smokeintensity
capture noisily regress wt82_71 qsmk qsmkintensity c.smokeintensity##c.smokeintensity sex race c.age##c.age ib5.education c.smokeyrs##c.smokeyrs ib2.exercise ib2.active c.wt71##c.wt71
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case whatif-15.1"
capture noisily use "nhefs.dta", clear
capture noisily drop if missing(wt82)
capture noisily generate double age2 = age*age
capture noisily generate double intensity2 = smokeintensity*smokeintensity
capture noisily generate double smokeyrs2 = smokeyrs*smokeyrs
capture noisily generate double wt71sq = wt71*wt71
capture noisily generate double qsmkintensity = qsmk*smokeintensity
capture noisily regress wt82_71 qsmk qsmkintensity smokeintensity intensity2 sex race age age2 ib5.education smokeyrs smokeyrs2 ib2.exercise ib2.active wt71 wt71sq
display "@ _b[qsmk]"
capture noisily display %24.17e _b[qsmk]
display "@ _se[qsmk]"
capture noisily display %24.17e _se[qsmk]
display "@ _b[qsmkintensity]"
capture noisily display %24.17e _b[qsmkintensity]
display "@ _se[qsmkintensity]"
capture noisily display %24.17e _se[qsmkintensity]
display "@ _b[smokeintensity]"
capture noisily display %24.17e _b[smokeintensity]
display "@ _se[smokeintensity]"
capture noisily display %24.17e _se[smokeintensity]
display "@ _b[intensity2]"
capture noisily display %24.17e _b[intensity2]
display "@ _se[intensity2]"
capture noisily display %24.17e _se[intensity2]
display "@ _b[sex]"
capture noisily display %24.17e _b[sex]
display "@ _se[sex]"
capture noisily display %24.17e _se[sex]
display "@ _b[race]"
capture noisily display %24.17e _b[race]
display "@ _se[race]"
capture noisily display %24.17e _se[race]
display "@ _b[age]"
capture noisily display %24.17e _b[age]
display "@ _se[age]"
capture noisily display %24.17e _se[age]
display "@ _b[age2]"
capture noisily display %24.17e _b[age2]
display "@ _se[age2]"
capture noisily display %24.17e _se[age2]
display "@ _b[1.education]"
capture noisily display %24.17e _b[1.education]
display "@ _se[1.education]"
capture noisily display %24.17e _se[1.education]
display "@ _b[2.education]"
capture noisily display %24.17e _b[2.education]
display "@ _se[2.education]"
capture noisily display %24.17e _se[2.education]
display "@ _b[3.education]"
capture noisily display %24.17e _b[3.education]
display "@ _se[3.education]"
capture noisily display %24.17e _se[3.education]
display "@ _b[4.education]"
capture noisily display %24.17e _b[4.education]
display "@ _se[4.education]"
capture noisily display %24.17e _se[4.education]
display "@ _b[smokeyrs]"
capture noisily display %24.17e _b[smokeyrs]
display "@ _se[smokeyrs]"
capture noisily display %24.17e _se[smokeyrs]
display "@ _b[smokeyrs2]"
capture noisily display %24.17e _b[smokeyrs2]
display "@ _se[smokeyrs2]"
capture noisily display %24.17e _se[smokeyrs2]
display "@ _b[0.exercise]"
capture noisily display %24.17e _b[0.exercise]
display "@ _se[0.exercise]"
capture noisily display %24.17e _se[0.exercise]
display "@ _b[1.exercise]"
capture noisily display %24.17e _b[1.exercise]
display "@ _se[1.exercise]"
capture noisily display %24.17e _se[1.exercise]
display "@ _b[0.active]"
capture noisily display %24.17e _b[0.active]
display "@ _se[0.active]"
capture noisily display %24.17e _se[0.active]
display "@ _b[1.active]"
capture noisily display %24.17e _b[1.active]
display "@ _se[1.active]"
capture noisily display %24.17e _se[1.active]
display "@ _b[wt71]"
capture noisily display %24.17e _b[wt71]
display "@ _se[wt71]"
capture noisily display %24.17e _se[wt71]
display "@ _b[wt71sq]"
capture noisily display %24.17e _b[wt71sq]
display "@ _se[wt71sq]"
capture noisily display %24.17e _se[wt71sq]
display "@ _b[_cons]"
capture noisily display %24.17e _b[_cons]
display "@ _se[_cons]"
capture noisily display %24.17e _se[_cons]
display "@ e(N)"
capture noisily display %24.17e e(N)
display "@ e(F)"
capture noisily display %24.17e e(F)
display "@ e(df_r)"
capture noisily display %24.17e e(df_r)
display "@ e(r2)"
capture noisily display %24.17e e(r2)
display "@ e(r2_a)"
capture noisily display %24.17e e(r2_a)
display "@ e(rmse)"
capture noisily display %24.17e e(rmse)
display "@ e(mss)"
capture noisily display %24.17e e(mss)
display "@ e(rss)"
capture noisily display %24.17e e(rss)
display "@ e(df_m)"
capture noisily display %24.17e e(df_m)
display "@ e(ll)"
capture noisily display %24.17e e(ll)
display "@ e(ll_0)"
capture noisily display %24.17e e(ll_0)
display "@ e(N_clust)"
capture noisily display %24.17e e(N_clust)
display "@ e(rank)"
capture noisily display %24.17e e(rank)

display "@case whatif-15.2"
capture noisily use "nhefs.dta", clear
capture noisily drop if missing(wt82)
capture noisily generate double age2 = age*age
capture noisily generate double intensity2 = smokeintensity*smokeintensity
capture noisily generate double smokeyrs2 = smokeyrs*smokeyrs
capture noisily generate double wt71sq = wt71*wt71
capture noisily label define quit 0 "No smoking cessation" 1 "Smoking cessation"
capture noisily label values qsmk quit
capture noisily quietly logit qsmk sex race age age2 ib5.education smokeintensity intensity2 smokeyrs smokeyrs2 ib2.exercise ib2.active wt71 wt71sq
capture noisily predict ps, pr
capture noisily bys qsmk: summarize ps
display "@ r(N)"
capture noisily display %24.17e r(N)
display "@ r(sum_w)"
capture noisily display %24.17e r(sum_w)
display "@ r(mean)"
capture noisily display %24.17e r(mean)
display "@ r(Var)"
capture noisily display %24.17e r(Var)
display "@ r(sd)"
capture noisily display %24.17e r(sd)
display "@ r(min)"
capture noisily display %24.17e r(min)
display "@ r(max)"
capture noisily display %24.17e r(max)
display "@ r(sum)"
capture noisily display %24.17e r(sum)
display "@ r(skewness)"
capture noisily display %24.17e r(skewness)
display "@ r(kurtosis)"
capture noisily display %24.17e r(kurtosis)

display "@case whatif-15.3a"
capture noisily use "nhefs.dta", clear
capture noisily drop if missing(wt82)
capture noisily generate double age2 = age*age
capture noisily generate double intensity2 = smokeintensity*smokeintensity
capture noisily generate double smokeyrs2 = smokeyrs*smokeyrs
capture noisily generate double wt71sq = wt71*wt71
capture noisily label define quit 0 "No smoking cessation" 1 "Smoking cessation"
capture noisily label values qsmk quit
capture noisily quietly logit qsmk sex race age age2 ib5.education smokeintensity intensity2 smokeyrs smokeyrs2 ib2.exercise ib2.active wt71 wt71sq
capture noisily predict ps, pr
capture noisily ttest wt82_71 if ps < .12412, by(qsmk)
display "@ r(N_1)"
capture noisily display %24.17e r(N_1)
display "@ r(N_2)"
capture noisily display %24.17e r(N_2)
display "@ r(mu_1)"
capture noisily display %24.17e r(mu_1)
display "@ r(mu_2)"
capture noisily display %24.17e r(mu_2)
display "@ r(sd_1)"
capture noisily display %24.17e r(sd_1)
display "@ r(sd_2)"
capture noisily display %24.17e r(sd_2)
display "@ r(se)"
capture noisily display %24.17e r(se)
display "@ r(t)"
capture noisily display %24.17e r(t)
display "@ r(df_t)"
capture noisily display %24.17e r(df_t)
display "@ r(p)"
capture noisily display %24.17e r(p)
display "@ r(p_l)"
capture noisily display %24.17e r(p_l)
display "@ r(p_u)"
capture noisily display %24.17e r(p_u)
display "@ r(level)"
capture noisily display %24.17e r(level)

display "@case whatif-15.3b"
capture noisily use "nhefs.dta", clear
capture noisily drop if missing(wt82)
capture noisily generate double age2 = age*age
capture noisily generate double intensity2 = smokeintensity*smokeintensity
capture noisily generate double smokeyrs2 = smokeyrs*smokeyrs
capture noisily generate double wt71sq = wt71*wt71
capture noisily label define quit 0 "No smoking cessation" 1 "Smoking cessation"
capture noisily label values qsmk quit
capture noisily quietly logit qsmk sex race age age2 ib5.education smokeintensity intensity2 smokeyrs smokeyrs2 ib2.exercise ib2.active wt71 wt71sq
capture noisily predict ps, pr
capture noisily ttest wt82_71 if ps > .12412 & ps < .16048, by(qsmk)
display "@ r(N_1)"
capture noisily display %24.17e r(N_1)
display "@ r(N_2)"
capture noisily display %24.17e r(N_2)
display "@ r(mu_1)"
capture noisily display %24.17e r(mu_1)
display "@ r(mu_2)"
capture noisily display %24.17e r(mu_2)
display "@ r(sd_1)"
capture noisily display %24.17e r(sd_1)
display "@ r(sd_2)"
capture noisily display %24.17e r(sd_2)
display "@ r(se)"
capture noisily display %24.17e r(se)
display "@ r(t)"
capture noisily display %24.17e r(t)
display "@ r(df_t)"
capture noisily display %24.17e r(df_t)
display "@ r(p)"
capture noisily display %24.17e r(p)
display "@ r(p_l)"
capture noisily display %24.17e r(p_l)
display "@ r(p_u)"
capture noisily display %24.17e r(p_u)
display "@ r(level)"
capture noisily display %24.17e r(level)

display "@case whatif-15.3c"
capture noisily use "nhefs.dta", clear
capture noisily drop if missing(wt82)
capture noisily generate double age2 = age*age
capture noisily generate double intensity2 = smokeintensity*smokeintensity
capture noisily generate double smokeyrs2 = smokeyrs*smokeyrs
capture noisily generate double wt71sq = wt71*wt71
capture noisily label define quit 0 "No smoking cessation" 1 "Smoking cessation"
capture noisily label values qsmk quit
capture noisily quietly logit qsmk sex race age age2 ib5.education smokeintensity intensity2 smokeyrs smokeyrs2 ib2.exercise ib2.active wt71 wt71sq
capture noisily predict ps, pr
capture noisily ttest wt82_71 if ps > .16048 & ps < .18935, by(qsmk)
display "@ r(N_1)"
capture noisily display %24.17e r(N_1)
display "@ r(N_2)"
capture noisily display %24.17e r(N_2)
display "@ r(mu_1)"
capture noisily display %24.17e r(mu_1)
display "@ r(mu_2)"
capture noisily display %24.17e r(mu_2)
display "@ r(sd_1)"
capture noisily display %24.17e r(sd_1)
display "@ r(sd_2)"
capture noisily display %24.17e r(sd_2)
display "@ r(se)"
capture noisily display %24.17e r(se)
display "@ r(t)"
capture noisily display %24.17e r(t)
display "@ r(df_t)"
capture noisily display %24.17e r(df_t)
display "@ r(p)"
capture noisily display %24.17e r(p)
display "@ r(p_l)"
capture noisily display %24.17e r(p_l)
display "@ r(p_u)"
capture noisily display %24.17e r(p_u)
display "@ r(level)"
capture noisily display %24.17e r(level)

display "@case wimpy-ttest"
capture noisily use "auto.dta", clear
capture noisily ttest mpg, by(foreign)
display "@ r(N_1)"
capture noisily display %24.17e r(N_1)
display "@ r(N_2)"
capture noisily display %24.17e r(N_2)
display "@ r(mu_1)"
capture noisily display %24.17e r(mu_1)
display "@ r(mu_2)"
capture noisily display %24.17e r(mu_2)
display "@ r(sd_1)"
capture noisily display %24.17e r(sd_1)
display "@ r(sd_2)"
capture noisily display %24.17e r(sd_2)
display "@ r(se)"
capture noisily display %24.17e r(se)
display "@ r(t)"
capture noisily display %24.17e r(t)
display "@ r(df_t)"
capture noisily display %24.17e r(df_t)
display "@ r(p)"
capture noisily display %24.17e r(p)
display "@ r(p_l)"
capture noisily display %24.17e r(p_l)
display "@ r(p_u)"
capture noisily display %24.17e r(p_u)
display "@ r(level)"
capture noisily display %24.17e r(level)
