// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds Ambit builds its benchmarks.
let package = Package(
  name: "ambit-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "ambit", path: "..")],
  targets: [
    .executableTarget(
      name: "AmbitBenchmarks",
      dependencies: [.product(name: "Ambit", package: "ambit")],
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("ExistentialAny"),
      ])
  ]
)
