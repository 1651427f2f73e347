import AmbitEmbedding
import AmbitFormats
import AmbitTestSupport
import Testing

@Suite struct ModelSearchTests {
  private func model(_ path: String, in folder: TemporaryFolder) {
    folder.write("x", to: "\(path)/model.safetensors")
  }

  @Test func foldersComeInTheirOrder() {
    let root = TemporaryFolder()
    model("tree/assets/models/a", in: root)
    model("tree/build/assets/models/b", in: root)
    let search = ModelSearch(
      environment: ["AMBIT_MODELS": "/one:/two", "XDG_DATA_HOME": "/data", "HOME": "/home/x"],
      executable: root.path(of: "tree/build/release/bin/ambit"))
    #expect(
      search.folders == [
        "/one", "/two", root.path(of: "tree/build/release/share/ambit/models"),
        root.path(of: "tree/build/assets/models"), "/data/ambit/models",
      ])
    #expect(ModelSearch(environment: [:], executable: nil).folders == [])
  }

  @Test func theFirstOfANameIsFound() throws {
    let root = TemporaryFolder()
    model("first/all-MiniLM-L6-v2", in: root)
    model("second/all-MiniLM-L6-v2", in: root)
    model("second/other", in: root)
    root.write("x", to: "second/not-a-model/readme")
    let search = ModelSearch(folders: [
      root.path(of: "absent"), root.path(of: "first"), root.path(of: "second"),
    ])
    #expect(search.installed.map(\.name) == ["all-MiniLM-L6-v2", "other"])
    #expect(try search.folder(of: "minilm") == root.path(of: "first/all-MiniLM-L6-v2"))
    #expect(try search.folder(of: "other") == root.path(of: "second/other"))
    #expect(try search.folder(of: root.path(of: "second")) == root.path(of: "second"))
    #expect(search.installed("static") == nil)
  }

  @Test func whatIsMissingIsSaidWithWhatIsThere() {
    let root = TemporaryFolder()
    model("all-MiniLM-L6-v2", in: root)
    let error = #expect(throws: InputError.self) {
      try ModelSearch(folders: [root.path]).folder(of: "bge-small")
    }
    #expect(error?.code == .missing)
    #expect(error?.hint?.contains("all-MiniLM-L6-v2") == true)
  }
}
