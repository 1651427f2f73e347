internal import AmbitMatrix

/// `rke` within prompts: the effective number of kinds among the samples of a prompt, of order 2.
///
/// `1 / [1/(r(r−1)) Σ_{i≠j} k_ij²]` with the cosine kernel `k_ij = xᵢ·xⱼ / (‖xᵢ‖ ‖xⱼ‖)`, the mean over
/// prompts. The mean square in brackets leaves the diagonal out, so it is unbiased at any r ≥ 2: the
/// chance that two draws coincide, were the kinds orthogonal. Its inverse is at least 1 and has no
/// bound: 1 where all samples point one way, more than r where they are nearly orthogonal. Undefined
/// where no two samples have anything in common. Invariant to rotation and to the length of each row;
/// blind to size. Sources: Friedman & Dieng 2023 (order 2 of the Vendi score), Jalali, Li & Farnia
/// 2023 (RKE); Ospanov & Farnia 2024 for its convergence.
struct RKEWithin: PromptMeasure {
  let id = "rke"
  let polarity = Polarity.higher
  let summary = "effective number of kinds per prompt, 1 / mean squared cosine of pairs"
  let source = "Jalali, Li & Farnia 2023, NeurIPS 36; Friedman & Dieng 2023, arXiv:2210.02410"

  func values(of rows: Matrix, offsets: [Int], workers: Workers) -> [[Double]] {
    perPrompt(rows, offsets: offsets, workers: workers) { own in
      let unit = CosineKernel.unitRows(own)
      let kernel = CosineKernel(unitRows: unit, workers: Workers(threadCount: 1))
      return [Self.value(of: kernel)]
    }
  }

  func values(of sample: PromptSample) -> [Double] {
    [Self.value(of: CosineKernel(cosines: sample.cosines, count: sample.count))]
  }

  static func value(of kernel: CosineKernel) -> Double {
    let square = kernel.meanSquare
    return square > 0 ? 1 / square : .nan
  }
}

/// `rke` of many prompts together: the effective number of kinds, of order 2.
///
/// `1 / mean k_ij²` with the cosine kernel. `pooled`: the mean over all pairs of different outputs.
/// `across`: over pairs of outputs of different prompts, each pair of prompts weighing the same; so
/// prompts that differ make it large. The mean is unbiased at any counts; its inverse is at least 1.
/// Invariant to rotation and to the length of each row; blind to size. Sources: as `RKEWithin`.
struct RKEOfPairs: CosinePairMeasure {
  let scope: Scope
  let id = "rke"
  let polarity = Polarity.higher
  let source = "Jalali, Li & Farnia 2023, NeurIPS 36; Friedman & Dieng 2023, arXiv:2210.02410"

  var summary: String {
    "effective number of kinds \(scope == .across ? "across prompts" : "among all outputs"), "
      + "1 / mean squared cosine of pairs"
  }

  func term(cosine: Double) -> Double { cosine * cosine }
  func value(ofMean mean: Double) -> Double { mean > 0 ? 1 / mean : .nan }
}
