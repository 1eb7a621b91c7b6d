import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { QUEUE_PACKAGES } from '../../src/audit/queue/packages.js'
import { EXIT } from '../../src/cli/exit.js'
import { probity } from '../e2e/run-cli.js'

const text = readFileSync(join(import.meta.dirname, '../../deploy/probity-worker.service'), 'utf8')
const settings = new Map(
  text
    .split('\n')
    .filter((line) => /^[A-Z]\w+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
)

describe('the service of a worker', () => {
  it('starts the command with flags that it has', () => {
    const [, command, ...words] = (settings.get('ExecStart') ?? '').split(' ')
    expect([command, words[0]]).toEqual(['probity', 'worker'])
    const { stdout } = probity(['worker', '--help'])
    for (const flag of words.filter((word) => word.startsWith('--'))) expect(stdout).toContain(flag)
  })

  it('takes the exit codes for what they are', () => {
    expect(settings.get('SuccessExitStatus')).toBe(String(EXIT.interrupted))
    expect(settings.get('RestartPreventExitStatus')).toBe(String(EXIT.badUsage))
  })

  it('installs the packages that a queue needs, and keeps the password out of the command', () => {
    expect(text).toContain(`npm install --global probity ${QUEUE_PACKAGES}`)
    expect(settings.get('ExecStart')).not.toContain('@')
    expect(text).toContain('PROBITY_QUEUE_PASSWORD=')
  })

  it('writes into the store alone', () => expect(settings.get('ReadWritePaths')).toBe('/shared/store'))
})
