/// `js`: a lower bound of the Jensen–Shannon divergence of two checkpoints, in nats.
///
/// `max(0, ln 2 − loss)` with the held-out log-loss of the classifier of `classifier_auc`, its scores
/// calibrated by logistic regression in nested folds, both checkpoints weighing one half. In [0, ln 2].
/// No classifier's expected loss is below `ln 2 − JS`, so this errs on the low side: by what a linear
/// classifier cannot see and by what it fails to learn from n outputs. The difference falls below 0
/// where there is nothing to learn and is then given as 0; the p value ranks it as it is. Invariant to
/// rotation and scale. Sources: Lin 1991; Sugiyama, Suzuki & Kanamori 2012 for divergences by
/// classification.
struct JensenShannon: Measure {
  let id = "js"
  let polarity = Polarity.neither
  let summary =
    "lower bound of the Jensen–Shannon divergence, ln 2 − held-out log-loss of a classifier"
  let source = "Lin 1991, IEEE Trans. Inf. Theory 37:145; bound by classification"
}
