import { readEndpoint } from '../../../src/audit/hub/read-endpoint.js'
import type { Hub } from '../../../src/audit/hub/hub.js'

export type TestHub = Hub & { readonly waited: number[] }

/** A hub as the engine sees it, that notes what it would have waited instead of waiting. */
export function testHub(endpoint: string, more: Partial<Hub> = {}): TestHub {
  const waited: number[] = []
  return {
    kind: 'model',
    endpoint: readEndpoint(endpoint),
    token: null,
    userAgent: 'probity/test',
    pause: (ms) => Promise.resolve(void waited.push(ms)),
    now: () => Date.parse('2026-11-27T00:00:00Z'),
    waited,
    ...more,
  }
}
