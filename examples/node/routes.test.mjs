// What the users of the shop rely on, as tests of its manifests: no cluster, no proxy.
import { describe, expect, test } from 'vitest'
import { Router, Snapshot } from 'gateway-core'

const manifests = process.env.MANIFESTS ?? '../shop'
const router = Router.build(Snapshot.fromPaths(manifests))

describe('api.example.com', () => {
  test.each([
    ['/v2/users', 'api-v2'],
    ['/v2', 'api-v2'],
  ])('%s goes to %s, or to its canary', (path, backend) => {
    const decision = router.route(`https://api.example.com${path}`)
    expect(decision).toMatchObject({ decision: 'forward', route: { name: 'api-routes' }, ruleName: 'v2' })
    expect(decision.backend.name).toMatch(new RegExp(`^${backend}(-canary)?$`))
  })

  test('a fifth of v2 is canary', () => {
    const arrival = router.arrive({ port: 443 })
    const names = Array.from({ length: 100 }, (_, draw) => arrival.route('GET', 'api.example.com', '/v2', [], draw).backend?.name)
    expect(names.filter((name) => name === 'api-v2-canary')).toHaveLength(20)
  })

  test('plain HTTP is sent to HTTPS', () => {
    expect(router.route('http://api.example.com/v2?a=1')).toMatchObject({
      decision: 'redirect',
      location: 'https://api.example.com/v2?a=1',
    })
  })
})

test('every Route is attached, and nothing is wrong with the manifests', () => {
  const attached = router.statuses().filter(({ kind }) => kind.endsWith('Route'))
  for (const { metadata, status } of attached) {
    const accepted = status.parents.flatMap(({ conditions }) => conditions).find(({ type }) => type === 'Accepted')
    expect(accepted, metadata.name).toMatchObject({ status: 'True' })
  }
  expect(router.lint().filter(({ severity }) => severity === 'error')).toEqual([])
})
