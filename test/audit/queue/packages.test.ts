import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadQueuePackages, QUEUE_PACKAGES } from '../../../src/audit/queue/packages.js'

describe('the packages that a queue needs', () => {
  it('are asked for with the command that installs them where they are missing', async () => {
    const missing = Object.assign(new Error("Cannot find package 'bullmq'"), { code: 'ERR_MODULE_NOT_FOUND' })
    await expect(loadQueuePackages(() => Promise.reject(missing))).rejects.toThrow(
      'Run: npm install bullmq@6.7.0 ioredis@5.11.1 (with --global where Probity is installed so)',
    )
  })

  it('are not called missing when something else is wrong with them', async () => {
    await expect(loadQueuePackages(() => Promise.reject(new Error('broken')))).rejects.toThrow(/^broken$/)
  })

  it('are those that the tests run with, and optional', () => {
    const { devDependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, unknown>> // prettier-ignore
    const names = QUEUE_PACKAGES.split(' ').map((each) => each.split('@'))
    for (const [name, version] of names) {
      expect(devDependencies[name]).toBe(version)
      expect(peerDependencies[name]).toBe(`^${version}`)
      expect(peerDependenciesMeta[name]).toEqual({ optional: true })
    }
  })
})
