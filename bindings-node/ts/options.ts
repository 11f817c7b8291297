/** How manifests are read. */
export interface ReadOptions {
  /** Whether unknown fields and other doubts are errors. */
  strict?: boolean
  /** Whether what can be read is taken although something is wrong; `notes` then tells what. */
  keepGoing?: boolean
}

/** What a profile file says; `docs/profiles.md` is its manual. */
export interface ProfileFile {
  preset?: string
  controller?: string | null
  features?: Record<string, boolean> | string[]
  choices?: Record<string, string>
  assume?: string[]
  parameterKinds?: { group?: string; kind: string }[]
  extensionKinds?: { group?: string; kind: string }[]
  addresses?: (string | { type?: string; value: string })[]
  usableAddresses?: string[]
  bundleVersions?: string[]
  defaultGateways?: boolean
  limits?: { listeners?: number; objects?: number; regexBytes?: number; explainedCandidates?: number }
}

/** How the controller behaves. */
export interface BuildOptions {
  /** The name of a preset, the path of a file, or what a file says; every feature is claimed without. */
  profile?: string | ProfileFile
  /** The controller whose GatewayClasses are ours; without it, all of them are. */
  controller?: string
  /** Kinds to take as existing when the input holds none of them at all. */
  assume?: string[]
}

/** Which custom resource definitions a cluster has. */
export type Channel = 'standard' | 'experimental'

/** What to look for. */
export interface LintOptions {
  /** Default: experimental. */
  channel?: Channel
  /** Ids of rules and names of groups; all of them without. */
  only?: string[]
  ignore?: string[]
}
