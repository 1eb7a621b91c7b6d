import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js')

export type Ran = { readonly status: number | null; readonly stdout: string; readonly stderr: string }

/** Runs the built command line as a user does (npm test builds it first). */
export function probity(args: readonly string[], options: { cwd?: string } = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    ...options,
  })
  return { status, stdout, stderr }
}

/** A fresh temporary folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'probity-test-'))
}
