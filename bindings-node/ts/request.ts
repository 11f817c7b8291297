import { ArgumentError, stringify } from './errors'

/** Headers: names with one value or several, or pairs where the order matters. */
export type Headers = Readonly<Record<string, string | readonly string[]>> | readonly (readonly [name: string, value: string])[]

/** Where a request or a connection comes in. */
export interface Place {
  /** The Gateway, as `namespace/name`; may be left out when there is one, or one on the port. */
  gateway?: string
  /** In place of `gateway`: the Service of a mesh that a request is sent to, as `namespace/name`. */
  service?: string
  /** With `service`: the namespace that the client is in. */
  clientNamespace?: string
  /** The port that the client connects to; default: that of the scheme. */
  port?: number
  /** The TLS server name; default: the host, on a port for HTTPS. null is none. */
  sni?: string | null
}

/** The client's random bits, 0 to 2^64 - 1: the same draw gives the same backend. */
export type Draw = number | bigint

/** A request by its parts: a line of `gateway route --requests`. */
export interface RequestParts extends Place {
  scheme?: 'http' | 'https'
  /** Default: GET. */
  method?: string
  /** `Host` or `:authority`. */
  host?: string
  /** Default: `/`; may bring its query along. */
  path?: string
  /** Without `?`. */
  query?: string | null
  headers?: Headers
  draw?: Draw
}

/** A request by its URL. */
export interface RequestUrl extends Place {
  url: string
  method?: string
  headers?: Headers
  draw?: Draw
}

/** A request: its URL, a line of JSON, or an object. */
export type RequestLine = string | RequestParts | RequestUrl

/** A connection that carries no requests, or none yet. */
export interface ConnectionLine extends Place {
  /** Default: tcp. */
  scheme?: 'tcp' | 'tls' | 'udp' | 'http' | 'https'
  draw?: Draw
}

/** A request as one line of JSON. */
export function requestJson(request: RequestLine | ConnectionLine): string {
  if (typeof request === 'string') {
    return request.trimStart().startsWith('{') ? request : JSON.stringify({ url: request })
  }
  const draw = request?.draw
  halves(draw)
  if (typeof draw !== 'bigint') return stringify('request', request)
  const rest = stringify('request', { ...request, draw: undefined })
  return rest === '{}' ? `{"draw":${draw}}` : `${rest.slice(0, -1)},"draw":${draw}}`
}

/** A draw in two halves. */
export function halves(draw: Draw | undefined): [low: number, high: number] {
  if (draw === undefined || draw === 0) return [0, 0]
  if (typeof draw === 'number' && Number.isSafeInteger(draw) && draw > 0) {
    return [draw % 2 ** 32, Math.floor(draw / 2 ** 32)]
  }
  if (typeof draw === 'bigint' && draw >= 0n && draw < 1n << 64n) {
    return [Number(draw & 0xffff_ffffn), Number(draw >> 32n)]
  }
  throw new ArgumentError('draw: a safe integer or a bigint from 0 to 2^64 - 1 is needed', 'InvalidArgument')
}
