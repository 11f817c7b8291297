export { Snapshot, type KubernetesObject, type ObjectName, type TextOptions } from './snapshot'
export { Router, type Update } from './router'
export { Arrival } from './arrival'
export { validate, type ValidateOptions } from './validate'
export {
  ArgumentError,
  BuildError,
  GatewayError,
  InternalError,
  ManifestError,
  ProfileError,
  RequestError,
  type Note,
} from './errors'
export type * from './decision'
export type * from './explanation'
export type * from './findings'
export type * from './objects'
export type * from './options'
export type { ConnectionLine, Draw, Headers, Place, RequestLine, RequestParts, RequestUrl } from './request'
