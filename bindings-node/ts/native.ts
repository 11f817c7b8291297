// The addon, by way of the loader that napi-rs writes.
import native = require('../native.cjs')

export = native
