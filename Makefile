# The two commands to know are `make demo` and `make test`. Everything is a release build for this
# machine: numeric code is hundreds of times slower in debug builds.

PREFIX ?= /usr/local
NATIVE := $(if $(filter arm64 aarch64,$(shell uname -m)),-mcpu=native,-march=native)
FLAGS := -c release -Xcc $(NATIVE) --explicit-target-dependency-import-check error
AMBIT := .build/release/ambit

.PHONY: build demo test bench validate costs faults scaling figures model lint format install clean dependencies

build: dependencies
	swift build $(FLAGS) --product ambit

demo: build
	$(AMBIT) run assets/demo/study.yaml
	@echo "The drift map: out/demo/figures/drift_map.png"

# Built apart from being run: by itself `swift test` compiles everything once more with other flags.
test: dependencies
	swift build $(FLAGS) --build-tests
	swift test $(FLAGS) --skip-build

# Paired timings beside the peers that are installed; prints a table.
bench: build
	Benchmarks/run

# What intervals cover and how often tests reject; prints a table.
STUDIES := 200
VALIDATE := Benchmarks/.build/release/AmbitBenchmarks validate $(shell getconf _NPROCESSORS_ONLN)
validate:
	swift build -c release -Xcc $(NATIVE) --package-path Benchmarks
	@echo "| m | r | scale | measure | mean | coverage | rejected at 5 % | in the band |"
	@echo "|--:|--:|--:|---|--:|--:|--:|--:|"
	@for scale in 1 0.8; do \
	  $(VALIDATE) $(STUDIES) 30 8 $$scale spread sets clusters lexical logprobs quality; \
	  $(VALIDATE) $(STUDIES) 60 1 $$scale spread sets clusters lexical; \
	done

# What each family of measures costs. Writes Benchmarks/costs.md.
costs: build
	Benchmarks/family_costs.py $(AMBIT)

# What the world does to runs, many times over: some minutes. Writes Benchmarks/faults.md.
faults: build
	Benchmarks/faults.py $(AMBIT)

# Time and memory over many synthetic checkpoints: most of an hour. Writes Benchmarks/scaling.md.
# One measure of each kind of work and few resamples; all measures take ten times as long.
SCALED := clusters,dispersion,log_volume,hull_area,centroid_shift,distinct
scaling: build
	Benchmarks/scaling.py $(AMBIT) -- --resamples 100 --permutations 99 --measures $(SCALED)

# The pictures of the README, drawn by the tool itself; that of published outputs where they are.
NOVELTY := ../shared/data/normalized/noveltybench-100
figures: build
	$(AMBIT) run assets/demo/study.yaml --dpi 150 --out .build/pictures --quiet >/dev/null
	$(AMBIT) plot .build/pictures --figures drift_map --dpi 200 --quiet
	for name in drift_map support_map trajectory prompt_panels; do \
	  cp .build/pictures/figures/$$name.png assets/pictures/; \
	done
	if [ -d $(NOVELTY) ]; then \
	  $(AMBIT) run $(NOVELTY) --baseline human --embedder minilm --dpi 150 --out .build/pictures-novelty --quiet \
	    --figures forest --measures dispersion,rke,vendi,cluster_count,hull_area,local_scale >/dev/null; \
	  cp .build/pictures-novelty/figures/forest.png assets/pictures/; \
	fi

# The reference embedder, all-MiniLM-L6-v2, into assets/models; quick where it is there.
model:
	@python3 assets/models/get-minilm

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks
	python3 assets/demo/generate.py --check

format:
	swift format --in-place --recursive Package.swift Sources Tests Benchmarks

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(AMBIT) "$(DESTDIR)$(PREFIX)/bin/ambit"
	install -d "$(DESTDIR)$(PREFIX)/share/ambit"
	install -m 644 assets/study.schema.json "$(DESTDIR)$(PREFIX)/share/ambit/"
	for weights in assets/models/*/model.safetensors; do \
	  if [ -f "$$weights" ]; then \
	    install -d "$(DESTDIR)$(PREFIX)/share/ambit/models"; \
	    cp -R "$${weights%/*}" "$(DESTDIR)$(PREFIX)/share/ambit/models/"; \
	  fi; \
	done

clean:
	rm -rf .build Benchmarks/.build

dependencies:
	@.ci/install-dependencies
