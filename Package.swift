// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules; CI sets `AMBIT_STRICT=1` and turns warnings into errors.
let rules: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ] + (Context.environment["AMBIT_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// A Swift target of the tree drawn in ARCHITECTURE.md: it may import only what is listed here.
func stage(
  _ name: String, imports dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: rules)
}

func tests(
  of name: String, imports dependencies: [Target.Dependency] = [], excluding: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name), "AmbitTestSupport"] + dependencies,
    exclude: excluding, swiftSettings: rules)
}

func cLibrary(_ name: String, pkgConfig: String, apt: String, brew: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

let package = Package(
  name: "ambit",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "ambit", targets: ["AmbitTool"]),
    .library(
      name: "Ambit",
      targets: [
        "AmbitFormats", "AmbitMatrix", "AmbitCorpus", "AmbitEmbedding", "AmbitProjection",
        "AmbitMeasures", "AmbitRendering", "AmbitStudy",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The tool.
    .executableTarget(
      name: "AmbitTool",
      dependencies: [
        "AmbitStudy", "AmbitCorpus", "AmbitEmbedding", "AmbitProjection", "AmbitMeasures",
        "AmbitRendering", "AmbitFormats", "AmbitMatrix",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: rules),

    // The whole.
    stage(
      "AmbitStudy",
      imports: [
        "AmbitCorpus", "AmbitEmbedding", "AmbitProjection", "AmbitMeasures", "AmbitRendering",
        "AmbitFormats", "AmbitMatrix", .product(name: "Yams", package: "Yams"),
      ]),

    // The stages: strangers to one another.
    stage("AmbitCorpus", imports: ["AmbitFormats"]),
    stage("AmbitEmbedding", imports: ["AmbitFormats", "AmbitMatrix"]),
    stage("AmbitProjection", imports: ["AmbitMatrix"]),
    stage("AmbitMeasures", imports: ["AmbitMatrix"]),
    stage("AmbitRendering", imports: ["CPNG", "CPangoCairo"]),

    // The floor.
    stage("AmbitFormats", imports: ["CZlib", "CZstd", "CSnappy", "CCrypto", "CSimdjson"]),
    stage("AmbitMatrix", imports: ["COpenBLAS"]),

    // C. One importer each.
    cLibrary("COpenBLAS", pkgConfig: "openblas", apt: "libopenblas-dev", brew: "openblas"),
    cLibrary("CPangoCairo", pkgConfig: "pangocairo", apt: "libpango1.0-dev", brew: "pango"),
    cLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev", brew: "zlib"),
    cLibrary("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev", brew: "zstd"),
    cLibrary("CSnappy", pkgConfig: "snappy", apt: "libsnappy-dev", brew: "snappy"),
    cLibrary("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev", brew: "openssl@3"),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png")]),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),

    // Tests, one target each, and what they share.
    .target(
      name: "AmbitTestSupport", dependencies: ["AmbitMatrix"], path: "Tests/AmbitTestSupport",
      swiftSettings: rules),
    tests(of: "AmbitFormats", imports: ["AmbitMatrix"], excluding: ["Fixtures"]),
    tests(of: "AmbitMatrix"),
    tests(of: "AmbitCorpus", imports: ["AmbitFormats", "AmbitMatrix"]),
    tests(
      of: "AmbitEmbedding", imports: ["AmbitFormats", "AmbitMatrix"], excluding: ["Fixtures"]),
    tests(of: "AmbitProjection", imports: ["AmbitMatrix"]),
    tests(of: "AmbitMeasures", imports: ["AmbitMatrix"]),
    tests(of: "AmbitRendering", excluding: ["Goldens"]),
    tests(
      of: "AmbitStudy",
      imports: [
        "AmbitFormats", "AmbitCorpus", "AmbitEmbedding", "AmbitMeasures", "AmbitRendering",
        "AmbitMatrix",
      ]),
    tests(of: "AmbitTool", imports: ["AmbitFormats", "AmbitMatrix"], excluding: ["Snapshots"]),
  ],
  cxxLanguageStandard: .cxx17
)
