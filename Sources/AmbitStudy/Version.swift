/// The version of Ambit, as results record it.
public let ambitVersion = "0.1.0"
