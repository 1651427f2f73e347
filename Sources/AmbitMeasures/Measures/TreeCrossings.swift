/// `mst_cross_edges`: the share of edges of the joint minimum spanning tree that join the two models.
///
/// The tree spans the outputs of both checkpoints in the plane. Where both have one law half the edges
/// (more exactly `2ab/N²` of them, a and b the counts) join a point of one with a point of the other; few
/// where the models lie apart or one is tighter. Equal points are joined among themselves in all ways
/// alike: the share is the mean over those trees, so it depends on no order. In [0, 1]; without an
/// effect: read it against its null band. Invariant to rotation, translation and a common scale.
/// Source: Friedman & Rafsky 1979.
struct TreeCrossings: Measure {
  let id = "mst_cross_edges"
  let polarity = Polarity.neither
  let domain = MeasureDomain.plane
  let summary =
    "share of edges of both sets' joint minimum spanning tree that join one to the other"
  let source = "Friedman & Rafsky 1979, Ann. Stat. 7:697"
}
