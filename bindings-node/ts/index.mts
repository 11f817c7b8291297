// The same classes as those that `require` gives, so that `instanceof` holds across both.
export {
  ArgumentError,
  Arrival,
  BuildError,
  GatewayError,
  InternalError,
  ManifestError,
  ProfileError,
  RequestError,
  Router,
  Snapshot,
  validate,
} from './index.js'
export type * from './index.js'
