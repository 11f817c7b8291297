import { call, stringify } from './errors'
import type { Validation } from './findings'
import native = require('./native')
import type { GatewayObject } from './objects'
import type { Channel } from './options'
import type { KubernetesObject } from './snapshot'

/** By what an object is judged. */
export interface ValidateOptions {
  /** Default: experimental. */
  channel?: Channel
  /** What it is an update of. */
  old?: GatewayObject | KubernetesObject
}

/** What the API server says to one object: its limits, its CEL rules, and what it would store. */
export function validate(object: GatewayObject | KubernetesObject, options?: ValidateOptions): Validation {
  const { channel, old } = options ?? {}
  const before = old === undefined ? undefined : stringify('old', old)
  return JSON.parse(call(() => native.validate(stringify('object', object), before, channel === 'standard')))
}
