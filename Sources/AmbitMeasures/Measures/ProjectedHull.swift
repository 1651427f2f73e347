/// `projected_hull`: the area of the convex hull, averaged over 200 random planes of the embedding
/// space.
///
/// `mean_f ½ |Σ (xᵢ yᵢ₊₁ − xᵢ₊₁ yᵢ)|` over R = 200 orthonormal 2-frames f that are drawn once and
/// for all: the same for every checkpoint, resample and study of that width. By Kubota's formula it estimates, up to a
/// constant, the second intrinsic volume of the hull in all dimensions, so it needs no choice of a
/// plane; its log ratio varies 3 to 5 times less than that of one plane. Random projections are nearly
/// Gaussian: read an area against `g(n)` (`ExpectedHullArea`).
/// Units: squared units of the embedding. Invariant to translation and, but for the finite number of
/// planes, to rotation; scales with the square. Grows with n; compared at equal n. An outlier counts in
/// every plane, diluted. Source: Kubota 1925 (the formula); Klain & Rota 1997.
struct ProjectedHull: Measure {
  let id = "projected_hull"
  let polarity = Polarity.higher
  let summary = "area of the convex hull, mean over 200 random planes of the embedding"
  let source = "Kubota's formula: Klain & Rota 1997, Introduction to Geometric Probability"
}
