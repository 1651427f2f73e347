/// `mauve` [star seed_sd]: how much the histograms of two checkpoints over common buckets agree.
///
/// k-means cuts both sets together, in their leading components (k = min(50, n/10)), into n/10 buckets,
/// n the rows of one set; the value is the area under the divergence frontier of the two histograms
/// (`DivergenceFrontier`), the mean over five seeds of the clustering; `seed_sd` is the standard deviation
/// between the seeds. `star` adds one half to every count (Krichevsky & Trofimov), which tames the bias
/// of empty buckets. In [0, 1], 1 where the histograms are equal. Biased: two samples of one law fall
/// short of 1, by more the fewer outputs a bucket has, so read it against the null band, at equal
/// numbers only; below 500 outputs a set it is refused. The value means nothing without its embedder: it
/// is MAUVE of that embedder's vectors, `mauve[all-MiniLM-L6-v2]` say, and no published number, which
/// are of GPT-2's. Symmetric, so it cannot say which checkpoint is the narrower. Its interval leaves
/// out tenths of the prompts, the buckets as they are, and adds the variance between seeds. The
/// published package keeps 90 % of the variance, takes the best of five clusterings a seed and
/// normalises the rows. Sources: Pillutla et al. 2021 and 2023.
struct Mauve: Measure {
  let id = "mauve"
  let polarity = Polarity.neither
  let summary =
    "area under the divergence frontier of two histograms over k-means buckets, mean of five seeds"
  let source = "Pillutla et al. 2023, J. Mach. Learn. Res. 24:356"
  let variants = ["", "star", "seed_sd"]
}
