internal import AmbitMatrix

/// `vendi` within prompts: Hill numbers of the eigenvalues of the kernel.
///
/// With λ the eigenvalues of `K / r`, `K` the cosine kernel of the r samples of a prompt, variant q1 is
/// `exp(−Σ λ ln λ)`, q2 `1 / Σ λ²`, qinf `1 / λ_max`; the mean over prompts. Between 1 and
/// min(r, width). Grows with r, strongly at q1: only equal numbers of samples compare, and `rke` is
/// the form of order 2 without that bias. Invariant to rotation and to the length of each row.
/// One eigenproblem of order min(r, width) a prompt. Source: Friedman & Dieng 2023.
struct VendiWithin: PromptMeasure {
  let id = "vendi"
  let polarity = Polarity.higher
  let summary = "effective number of kinds per prompt, Hill numbers of the cosine kernel's spectrum"
  let source =
    "Friedman & Dieng 2023, arXiv:2210.02410; orders: Pasarkar & Dieng 2023, arXiv:2310.12952"
  let variants = Self.orders
  /// 200 settle a 2.5 % quantile to a tenth of the band's width.
  let splitLimit = 200

  static let orders = ["q1", "q2", "qinf"]

  func values(of rows: Matrix, offsets: [Int], workers: Workers) -> [[Double]] {
    perPrompt(rows, offsets: offsets, workers: workers) { own in
      let unit = CosineKernel.unitRows(own)
      return Self.values(of: CosineKernel(unitRows: unit, workers: Workers(threadCount: 1)))
    }
  }

  func values(of sample: PromptSample) -> [Double] {
    Self.values(of: CosineKernel(cosines: sample.cosines, count: sample.count))
  }

  /// q1, q2 and qinf.
  static func values(of kernel: CosineKernel) -> [Double] {
    let spectrum = kernel.spectrum
    return [HillNumber.one(spectrum), HillNumber.two(spectrum), HillNumber.infinity(spectrum)]
  }
}

/// `vendi` of all outputs together: Hill numbers of the eigenvalues of the kernel.
///
/// As `VendiWithin`, with K the cosine kernel of all n outputs: q1 `exp(−Σ λ ln λ)`, q2 `1 / Σ λ²`, qinf
/// `1 / λ_max`. Between 1 and min(n, width). Below some 20,000 outputs q1 still grows with n, so only
/// equal numbers compare; `rke` is the form of order 2 without that bias. One eigenproblem of order
/// min(n, width). Sources: Friedman & Dieng 2023; Ospanov & Farnia 2024.
struct VendiPooled: SpectrumMeasure {
  let id = "vendi"
  let polarity = Polarity.higher
  let summary = "effective number of kinds among all outputs, Hill numbers of the cosine kernel"
  let source =
    "Friedman & Dieng 2023, arXiv:2210.02410; orders: Pasarkar & Dieng 2023, arXiv:2310.12952"
  let variants = VendiWithin.orders
  let matrix = SpectrumMatrix.kernel
  let dependsOnCount = true

  func values(of spectrum: [Double], count: Int) -> [Double] {
    [HillNumber.one(spectrum), HillNumber.two(spectrum), HillNumber.infinity(spectrum)]
  }
}
