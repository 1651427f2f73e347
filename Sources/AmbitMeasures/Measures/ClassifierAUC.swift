/// `classifier_auc`: how well a linear classifier tells the outputs of two checkpoints apart.
///
/// The share of pairs, one output of each checkpoint, of which the classifier gives the checkpoint's
/// the higher score, equal ones counting half: the area under the ROC. The classifier is the linear
/// discriminant on the leading components (k = min(50, n/10), standardised, ridge 1), trained without the
/// fold in which the pair lies; ten folds of whole prompts, so that a topic learnt in training is of no
/// use in the test. In [0, 1]: 0.5 where nothing tells them apart, 1 where every output is told. Pairs
/// across folds are not compared, since their scores come from different fits. Sees shifts of location
/// along any direction, hardly changes of spread; for these see `energy_distance`. Grows with n, as
/// more is learnt from more. Its interval leaves out one prompt at a time with the classifier as it is.
/// Invariant to rotation and scale. Sources: Fisher 1936; Lopez-Paz & Oquab 2017; Kim et al. 2021 for
/// the permutation test; Obuchowski 1997 for the interval.
struct ClassifierAUC: Measure {
  let id = "classifier_auc"
  let polarity = Polarity.neither
  let summary =
    "share of pairs that a linear classifier trained on other prompts tells apart, 0.5 if none"
  let source = "Lopez-Paz & Oquab 2017, ICLR (classifier two-sample tests)"
}
