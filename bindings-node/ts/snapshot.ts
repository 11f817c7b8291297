import { ArgumentError, call, optionsJson, stringify, wait, type Note } from './errors'
import type { Change, ObjectKey } from './findings'
import { NativeSnapshot } from './native'
import type { GatewayObject } from './objects'
import type { ReadOptions } from './options'

/**
 * Any object of Kubernetes as its clients give it: plain, or of a class such as `V1Service`. A Date is read
 * as the text that it has in JSON.
 */
export interface KubernetesObject {
  apiVersion?: string
  kind?: string
  metadata?: { name?: string; namespace?: string }
}

/** Names an object: `Kind/namespace/name`, `Kind/name`, or anything with kind and name. */
export type ObjectName = string | ObjectKey | KubernetesObject

/** How a text is read. */
export interface TextOptions extends ReadOptions {
  /** What stands for the name of its file in errors and findings; one in `.json` says that it is JSON. */
  name?: string
}

/** The addon's side of a snapshot. */
export const nativeSnapshot = Symbol('nativeSnapshot')

/** The name of a text, and how it is read. */
function textArguments(options: TextOptions | undefined) {
  const { name = '<text>', ...rest } = options ?? {}
  return { name, rest: optionsJson(rest) }
}

const bytes = (text: string | Uint8Array): Uint8Array => {
  if (typeof text === 'string') return Buffer.from(text, 'utf8')
  if (text instanceof Uint8Array) return text
  throw new ArgumentError(`text: a string or Uint8Array is needed, not ${typeof text}`, 'InvalidArgument')
}

function nameOf(object: ObjectName): string {
  if (typeof object === 'string') return object
  if (typeof object !== 'object' || object === null) {
    throw new ArgumentError('object: a name or an object is needed', 'InvalidArgument')
  }
  const { kind, namespace, name } = 'metadata' in object ? { kind: object.kind, ...object.metadata } : (object as ObjectKey)
  return namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`
}

/** Every object that is known. It changes; a router that was built from it does not. */
export class Snapshot implements Iterable<ObjectKey> {
  /** @internal */
  readonly [nativeSnapshot]: NativeSnapshot

  constructor()
  /** @internal */
  constructor(native: NativeSnapshot)
  constructor(native = new NativeSnapshot()) {
    this[nativeSnapshot] = native
  }

  /** Reads YAML or JSON, with any number of documents. */
  static fromText(text: string | Uint8Array, options?: TextOptions): Snapshot {
    const snapshot = new Snapshot()
    snapshot.addText(text, options)
    return snapshot
  }

  /** Reads files, and the manifests of folders. */
  static fromPaths(paths: string | readonly string[], options?: ReadOptions): Snapshot {
    const snapshot = new Snapshot()
    snapshot.addPaths(paths, options)
    return snapshot
  }

  /** Takes objects. */
  static fromObjects(objects: Iterable<GatewayObject | KubernetesObject>, options?: ReadOptions): Snapshot {
    const snapshot = new Snapshot()
    for (const object of objects) snapshot.upsert(object, options)
    return snapshot
  }

  /** Reads YAML or JSON on another thread. */
  static async fromTextAsync(text: string | Uint8Array, options?: TextOptions): Promise<Snapshot> {
    return new Snapshot(
      await wait(async () => {
        const { name, rest } = textArguments(options)
        return NativeSnapshot.readText(name, bytes(text), rest)
      }),
    )
  }

  /** Reads files and folders on another thread. */
  static async fromPathsAsync(paths: string | readonly string[], options?: ReadOptions): Promise<Snapshot> {
    return new Snapshot(await wait(async () => NativeSnapshot.readPaths([paths].flat(), optionsJson(options))))
  }

  /** Reads YAML or JSON. When something is wrong with it, nothing of it is taken. */
  addText(text: string | Uint8Array, options?: TextOptions): Change[] {
    const { name, rest } = textArguments(options)
    return JSON.parse(call(() => this[nativeSnapshot].addText(name, bytes(text), rest)))
  }

  /** Reads files, and the manifests of folders. When something is wrong with them, nothing is taken. */
  addPaths(paths: string | readonly string[], options?: ReadOptions): Change[] {
    return JSON.parse(call(() => this[nativeSnapshot].addPaths([paths].flat(), optionsJson(options))))
  }

  /**
   * Adds an object, or the objects of a List, or replaces those of the same kind, namespace and name. Objects
   * of kinds that do not matter here are left out.
   */
  upsert(object: GatewayObject | KubernetesObject, options?: ReadOptions): Change[] {
    return JSON.parse(call(() => this[nativeSnapshot].upsert(stringify('object', object), optionsJson(options))))
  }

  /** Removes an object; false when it was not there. */
  remove(object: ObjectName): boolean {
    return call(() => this[nativeSnapshot].remove(nameOf(object)))
  }

  /** A copy of an object. */
  get(object: ObjectName): GatewayObject | undefined {
    const text = call(() => this[nativeSnapshot].get(nameOf(object)))
    return text ? JSON.parse(text) : undefined
  }

  /** Whether an object is there. */
  has(object: ObjectName): boolean {
    return this.get(object) !== undefined
  }

  /** The keys of all objects, by kind, namespace and name. */
  keys(): ObjectKey[] {
    return JSON.parse(call(() => this[nativeSnapshot].keys()))
  }

  [Symbol.iterator](): Iterator<ObjectKey> {
    return this.keys()[Symbol.iterator]()
  }

  /** How many objects there are. */
  get size(): number {
    return this[nativeSnapshot].size
  }

  /** What there is to say about the manifests. */
  get notes(): Note[] {
    return JSON.parse(call(() => this[nativeSnapshot].notes()))
  }

  /** A copy that shares the objects. */
  clone(): Snapshot {
    return new Snapshot(this[nativeSnapshot].clone())
  }
}
