/** What there is to say about a manifest. */
export interface Note {
  severity: 'error' | 'warning' | 'info'
  /** What it is about, such as `syntax` or `wrong-type`. */
  code: string
  message: string
  /** `Kind/namespace/name`, when it is known. */
  object: string | null
  /** The field, such as `spec.rules[0].name`. */
  path: string | null
  /** The file as it was named, or found in a folder; null for objects. */
  file: string | null
  /** Counted from 1. */
  line: number | null
  /** Counted from 1, in characters. */
  column: number | null
}

/** The base of all errors of this package. */
export class GatewayError extends Error {
  override name = 'GatewayError'
  /** What went wrong, in one word that does not change. */
  readonly code: string

  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A manifest cannot be read, or Kubernetes would refuse it. */
export class ManifestError extends GatewayError {
  override name = 'ManifestError'
  readonly file: string | null
  readonly line: number | null
  readonly column: number | null
  /** The field. */
  readonly path: string | null
  /** `Kind/namespace/name`, when it is known. */
  readonly object: string | null
  /** Everything there is to say; the error is about the first that is one. */
  readonly notes: readonly Note[]

  constructor(message: string, code: string, place: Partial<Note> = {}, notes: readonly Note[] = []) {
    super(message, code)
    this.file = place.file ?? null
    this.line = place.line ?? null
    this.column = place.column ?? null
    this.path = place.path ?? null
    this.object = place.object ?? null
    this.notes = notes
  }
}

/** A profile cannot be used. */
export class ProfileError extends GatewayError {
  override name = 'ProfileError'
}

/** A request cannot be used, or it is not clear which Gateway it is for. */
export class RequestError extends GatewayError {
  override name = 'RequestError'
}

/** The input is over a limit of the profile. */
export class BuildError extends GatewayError {
  override name = 'BuildError'
}

/** An argument is of the wrong type, or not one of the words that are allowed. */
export class ArgumentError extends GatewayError {
  override name = 'ArgumentError'
}

/** A mistake in this package. */
export class InternalError extends GatewayError {
  override name = 'InternalError'
}

const classes = { ProfileError, RequestError, BuildError, ArgumentError, InternalError }

/** The shape that the addon gives its errors. */
interface Told {
  class: keyof typeof classes | 'ManifestError'
  code: string
  message: string
  place?: Note
  notes?: Note[]
}

/** What the addon threw, as one of the classes above. */
function understood(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof GatewayError) return error
  let told: Told
  try {
    told = JSON.parse(error.message)
  } catch {
    // What napi-rs says of arguments that are no strings, or no objects of ours.
    return new ArgumentError(error.message, 'InvalidArgument', { cause: error })
  }
  if (told.class === 'ManifestError') return new ManifestError(told.message, told.code, told.place, told.notes)
  return new classes[told.class](told.message, told.code)
}

/** Calls the addon. */
export function call<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const thrown = understood(error)
    if (thrown instanceof GatewayError) Error.captureStackTrace(thrown, call)
    throw thrown
  }
}

/** Waits for the addon. */
export async function wait<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw understood(error)
  }
}

/** An argument as JSON; what has none is an argument of the wrong type. */
export function stringify(what: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    throw new ArgumentError(`${what}: an object is needed, not ${value === null ? 'null' : typeof value}`, 'InvalidArgument')
  }
  try {
    return JSON.stringify(value)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause)
    throw new ArgumentError(`${what}: ${why}`, 'InvalidArgument', { cause })
  }
}

/** Options as JSON. */
export function optionsJson(options: object | undefined): string | undefined {
  return options === undefined ? undefined : stringify('options', options)
}
